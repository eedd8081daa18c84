package io.hera.store.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Key;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests that a spliced listing equals one built from scratch. */
class ListingLayoutTest {
  private static final int ROUNDS = 2_000;

  private final Map<String, String> documents = new TreeMap<>(Key.BYTE_ORDER);
  private final List<String> asked = new ArrayList<>();
  private ListingLayout layout = ListingLayout.empty();

  private void change(String... ids) {
    SortedSet<String> changed = new TreeSet<>(Key.BYTE_ORDER);
    changed.addAll(List.of(ids));
    asked.clear();
    layout = layout.with(changed, id -> {
      asked.add(id);
      String document = documents.get(id);
      return document == null ? null : document.getBytes(StandardCharsets.UTF_8);
    });
  }

  private void assertListing() {
    String expected = documents.entrySet().stream()
        .map(line -> "\"" + line.getKey().replace("\"", "\\\"") + "\":" + line.getValue())
        .collect(Collectors.joining(",", "{", "}"));
    assertThat(layout.json().toString()).isEqualTo(expected);
    assertThat(layout.size()).isEqualTo(documents.size());
  }

  @Test
  void aLayoutMayBecomeNonEmptyAndEmptyAgain() {
    assertListing();
    documents.put("b", "{}");
    change("b");
    assertListing();
    documents.clear();
    change("b");
    assertListing();
  }

  @Test
  void onlyChangedLinesAreEncoded() {
    for (int i = 0; i < 1_000; i++) {
      documents.put("i-" + i, "{\"n\":" + i + "}");
    }
    change(documents.keySet().toArray(String[]::new));
    documents.put("i-500", "{\"n\":\"another\"}");
    change("i-500");
    assertListing();
    assertThat(asked).containsExactly("i-500");
  }

  @Test
  void aSplicedListingEqualsOneBuiltFromScratch() {
    Random random = new Random(1);
    List<String> ids = List.of("a", "aa", "b\"q", "c", "é", "\uFFFD", "\uD83D\uDE00", "z");
    for (int round = 0; round < ROUNDS; round++) {
      List<String> changed = ids.stream().filter(id -> random.nextInt(3) == 0).toList();
      for (String id : changed) {
        if (random.nextBoolean()) {
          documents.put(id, "{\"n\":" + "1".repeat(1 + random.nextInt(12)) + "}");
        } else {
          documents.remove(id);
        }
      }
      change(changed.toArray(String[]::new));
      assertListing();
    }
  }
}
