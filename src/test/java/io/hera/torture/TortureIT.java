package io.hera.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Runs a short torture, each kind of fault once; {@code scripts/torture} runs longer ones. */
class TortureIT {
  @Test
  void noInvariantIsBrokenByAnyKindOfFault() throws IOException {
    Path history = Path.of("target", "torture.history");
    assertThat(Torture.run(0, 1, Pace.SHORT, history)).isEmpty();
  }
}
