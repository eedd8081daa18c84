package io.hera.store.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.ContentVersion;
import io.hera.registry.Key;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Tests that a listing in pieces has the bytes of an encoded one. */
class DocumentLayoutTest {
  private final Random random = new Random(3);
  private final Map<String, byte[]> documents = new TreeMap<>(Key.BYTE_ORDER);

  private void put(String id) {
    String document = "{\"x\":\"" + "x".repeat(random.nextInt(40)) + "\"}";
    documents.put(id, document.getBytes(StandardCharsets.UTF_8));
  }

  private DocumentLayout references() {
    return DocumentLayout.of(
        new ArrayList<>(documents.keySet()), new ArrayList<>(documents.values()));
  }

  private String encoded() {
    return ListingLayout.of(documents::forEach).json().toString();
  }

  private static String text(DocumentLayout layout) {
    return new DocumentsPage(layout).bytes().toString();
  }

  @Test
  void aListingInPiecesHasTheBytesOfAnEncodedOne() {
    assertThat(text(references())).isEqualTo("{}");
    for (String id : List.of("a", "\u00e5", "a\"b", "z")) {
      put(id);
      assertThat(text(references())).isEqualTo(encoded());
      assertThat(references().bytes())
          .isEqualTo(references().encode(0, references().bytes()).length());
    }
  }

  @Test
  void piecesOfAnySizeJoinToTheWhole() {
    for (int i = 0; i < 50; i++) {
      put("id-" + i);
    }
    DocumentsPage page = new DocumentsPage(references());
    for (int size = 1; size < 200; size += 7) {
      StringBuilder joined = new StringBuilder();
      for (int from = 0; from < page.length(); from += size) {
        joined.append(page.slice(from, Math.min(page.length(), from + size)));
      }
      assertThat(joined.toString()).isEqualTo(encoded());
    }
  }

  @Test
  void changedLinesAreReplaced() {
    DocumentLayout layout = references();
    for (int round = 0; round < 500; round++) {
      SortedSet<String> changed = new TreeSet<>(Key.BYTE_ORDER);
      for (int i = random.nextInt(4); i >= 0; i--) {
        String id = "id-" + random.nextInt(30);
        changed.add(id);
        if (random.nextBoolean()) {
          put(id);
        } else {
          documents.remove(id);
        }
      }
      layout = layout.with(changed, documents::get);
      assertThat(text(layout)).isEqualTo(encoded());
      assertThat(layout.ids()).containsExactlyElementsOf(documents.keySet());
    }
  }

  @Test
  void aLayoutWithoutChangedLinesStaysTheSame() {
    put("a");
    DocumentLayout layout = references();
    SortedSet<String> others = new TreeSet<>(List.of("b"));
    assertThat(layout.with(others, documents::get)).isSameAs(layout);
    Listing listing = layout.listing(ContentVersion.NONE);
    assertThat(layout.isOf(listing)).isTrue();
    assertThat(references().isOf(listing)).isFalse();
    assertThat(listing.isWhole()).isFalse();
  }

  @Test
  void theFormDependsOnTheBytes() {
    for (int i = 0; i < 10; i++) {
      put("id-" + i);
    }
    assertThat(Layout.of(documents::forEach, 100)).isInstanceOf(DocumentLayout.class);
    assertThat(Layout.of(documents::forEach, 10_000)).isInstanceOf(ListingLayout.class);
  }
}
