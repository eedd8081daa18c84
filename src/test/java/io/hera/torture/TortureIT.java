package io.hera.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.torture.Torture.Network;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Runs a short torture, each kind of fault once, with TLS and tokens; {@code scripts/torture} runs longer ones, also without. */
class TortureIT {
  @Test
  void noInvariantIsBrokenByAnyKindOfFault() throws IOException {
    Path history = Path.of("target", "torture.history");
    assertThat(Torture.run(0, 1, Pace.SHORT, Network.TLS, history)).isEmpty();
  }
}
