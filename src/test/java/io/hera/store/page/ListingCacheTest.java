package io.hera.store.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.hera.registry.Registry;
import io.hera.testkit.TestLimits;
import io.hera.wire.ContentHasher;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that cached layouts follow the changes of the registry. */
class ListingCacheTest {
  private final Registry registry = new Registry(
      "a",
      Set.of("a"),
      TestLimits.DEFAULT,
      InstantSource.system(),
      System::nanoTime,
      new ContentHasher(Set.of()),
      change -> this.changed(change.key()));
  private final ListingCache layouts = new ListingCache(registry);

  private void changed(Key key) {
    layouts.changed(Subject.of(key.service()), key.id());
    layouts.changed(Subject.ALL, key.service());
  }

  @BeforeEach
  void recovered() {
    registry.recovered();
  }

  private void put(int id, String document) {
    put(new Key("s", "i" + id), document);
  }

  private void put(Key key, String document) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    assertThat(registry.put(key, bytes, 0)).isEqualTo(Outcome.DONE);
  }

  private String listing() {
    return layouts.make(Subject.of("s")).json().toString();
  }

  @Test
  void aListingFollowsFewAndManyChanges() {
    assertThat(listing()).isEqualTo("{}");
    for (int id = 0; id < 100; id++) {
      put(id, "{}");
    }
    String first = listing();
    assertThat(first).startsWith("{\"i0\":{},\"i1\":{},\"i10\":{},").endsWith(",\"i99\":{}}");
    put(7, "{\"n\":1}");
    assertThat(listing()).isEqualTo(first.replace("\"i7\":{}", "\"i7\":{\"n\":1}"));
    for (int id = 0; id < 100; id++) {
      put(id, "{\"n\":1}");
    }
    assertThat(listing()).isEqualTo(first.replace("{}", "{\"n\":1}"));
    for (int id = 0; id < 100; id++) {
      registry.remove(new Key("s", "i" + id));
    }
    assertThat(listing()).isEqualTo("{}");
  }

  @Test
  void theListOfServicesFollowsChanges() {
    assertThat(layouts.make(Subject.ALL).size()).isZero();
    for (int service = 0; service < 40; service++) {
      put(new Key("s" + service, "i"), "{}");
    }
    String first = services();
    assertThat(first).startsWith("{\"s0\":{\"instances\":1},\"s1\":{\"instances\":1},\"s10\":");
    put(new Key("s10", "j"), "{}");
    registry.remove(new Key("s1", "i"));
    assertThat(services())
        .isEqualTo(first
            .replace("\"s1\":{\"instances\":1},", "")
            .replace("\"s10\":{\"instances\":1}", "\"s10\":{\"instances\":2}"));
  }

  private String services() {
    return layouts.make(Subject.ALL).json().toString();
  }
}
