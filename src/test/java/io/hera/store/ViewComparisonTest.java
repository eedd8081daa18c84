package io.hera.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Comparison;
import io.hera.registry.ContentVersion;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Key;
import io.hera.registry.Selector;
import io.hera.registry.ViewChecksum;
import io.hera.testkit.Handshakes;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which peers' views are compared: those of peers with the same settings. */
class ViewComparisonTest {
  private final PeerTurnsBed bed = new PeerTurnsBed();

  /** Returns the comparison with a peer that holds the same, shows something else, and has these settings. */
  private Comparison.View compared(String cfg) {
    return compared(cfg, Set.of(Handshake.VIEW_RULE));
  }

  private Comparison.View compared(String cfg, Set<String> can) {
    bed.registry.put(new Key("s", "1"), "{}".getBytes(UTF_8), 60_000);
    long horizons = bed.registry.checksums().view().orElseThrow().horizons();
    Handshake says = new Handshake(new NodeId("b", "life-b"), 1, "", can, cfg);
    Receipt receipt = bed.turns.receive(new Reception(
        "b",
        Optional.of(Handshakes.introduction("b", says, "127.0.0.1:1", PeerTurnsBed.MEMBERS)),
        new Digest(Map.of("b", 0L)),
        new Delta(List.of()),
        Reception.Place.ENDS_PULL,
        Optional.of(Map.of()),
        Optional.of(new ViewChecksum(horizons, new ContentVersion(1, 1))),
        OptionalLong.empty()));
    return ((Receipt.Taken) receipt).comparison().view();
  }

  @Test
  void aViewOfAPeerWithTheSameSettingsIsCompared() {
    assertThat(compared(bed.self.handshake().cfg())).isEqualTo(Comparison.View.DIFFERS);
  }

  @Test
  void aViewOfAPeerWithOtherSettingsIsNot() {
    assertThat(compared("0123456789abcdef")).isEqualTo(Comparison.View.NOT_COMPARED);
  }

  @Test
  void aViewOfAPeerThatDoesNotKnowDrainsIsNotComparedWhileThereAreSome() {
    bed.registry.drains().put(new Selector.OfService("t"), "{}".getBytes(UTF_8), 0);
    String cfg = bed.self.handshake().cfg();
    assertThat(compared(cfg)).isEqualTo(Comparison.View.NOT_COMPARED);
    assertThat(compared(cfg, Set.of(Handshake.VIEW_RULE, Handshake.DRAIN_RULE)))
        .isEqualTo(Comparison.View.DIFFERS);
  }
}
