package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Bounds;
import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.hera.registry.Registry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SheetsTest {
  private final Registry registry = new Registry(
      "a",
      Set.of("a"),
      Bounds.DEFAULT,
      InstantSource.system(),
      System::nanoTime,
      (key, before, after) -> this.changed(key));
  private final Sheets sheets = new Sheets(registry);

  private void changed(Key key) {
    sheets.changed(key);
  }

  @BeforeEach
  void recovered() {
    registry.recovered();
  }

  private void put(int id, String document) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    assertThat(registry.put(new Key("s", "i" + id), bytes, 0)).isEqualTo(Outcome.DONE);
  }

  private String page() {
    return sheets.make("s").page().json().toString();
  }

  @Test
  void aPageFollowsFewChangesAndMany() {
    assertThat(page()).isEqualTo("{}");
    for (int id = 0; id < 100; id++) {
      put(id, "{}");
    }
    String first = page();
    assertThat(first).startsWith("{\"i0\":{},\"i1\":{},\"i10\":{},").endsWith(",\"i99\":{}}");
    put(7, "{\"n\":1}");
    assertThat(page()).isEqualTo(first.replace("\"i7\":{}", "\"i7\":{\"n\":1}"));
    for (int id = 0; id < 100; id++) {
      put(id, "{\"n\":1}");
    }
    assertThat(page()).isEqualTo(first.replace("{}", "{\"n\":1}"));
    for (int id = 0; id < 100; id++) {
      registry.remove(new Key("s", "i" + id));
    }
    assertThat(page()).isEqualTo("{}");
  }
}
