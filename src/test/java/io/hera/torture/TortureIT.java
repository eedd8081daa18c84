package io.hera.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A short torture: every kind of fault once. {@code scripts/torture} goes on for as long as asked. */
class TortureIT {
  @Test
  void noPromiseIsBrokenWhileEveryKindOfFaultPasses() throws IOException {
    Path history = Path.of("target", "torture.history");
    assertThat(Torture.run(0, 1, 3_000, history)).isEmpty();
  }
}
