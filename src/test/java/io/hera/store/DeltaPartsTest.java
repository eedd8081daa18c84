package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.registry.Tombstone;
import io.hera.testkit.Handshakes;
import io.hera.wire.Handshake;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests that a long answer is merged in parts, and that this comes to the same as in one turn. */
class DeltaPartsTest {
  private static final Handshake B = Handshakes.of("b", "life-b");
  private static final Digest ASKED = new Digest(Map.of("a", 0L, "b", 0L, "c", 0L));

  private final PeerTurnsBed bed = new PeerTurnsBed();
  private final Random random = new Random(7);

  /** Entries of one origin, some of them in ties, some of them large. */
  private OriginDelta origin(String origin, boolean reset, int count) {
    List<Entry> entries = new ArrayList<>();
    long version = bed.wallMillis() - 100_000;
    long from = version - 1;
    for (int i = 0; i < count; i++) {
      version += random.nextInt(3);
      Key key = new Key("s" + random.nextInt(20), origin + i);
      entries.add(
          random.nextInt(5) == 0
              ? new Tombstone(key, version, 10)
              : new Registration(key, document(), version, 10, 60_000));
    }
    return new OriginDelta(origin, reset ? from : 0, version + 10, reset, entries);
  }

  private byte[] document() {
    String filler = "x".repeat(random.nextInt(50) == 0 ? 20_000 : 20);
    return ("{\"x\":\"" + filler + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  private Reception reception(Delta delta) {
    return new Reception(
        "b",
        Optional.of(Handshakes.introduction("b", B, PeerTurnsBed.AT_B, PeerTurnsBed.MEMBERS)),
        ASKED,
        delta,
        Reception.Place.ENDS_PULL,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty());
  }

  @Test
  void aShortDeltaIsOnePart() {
    Delta delta = new Delta(List.of(origin("b", false, 20), origin("c", false, 0)));
    assertThat(DeltaParts.of(delta)).isEqualTo(List.of(delta));
    assertThat(DeltaParts.of(new Delta(List.of()))).hasSize(1);
  }

  @Test
  void aPartIsBoundedAndNoneSplitsATie() {
    List<Delta> parts = DeltaParts.of(new Delta(List.of(origin("b", true, 5_000))));
    assertThat(parts).hasSizeGreaterThan(10);
    assertThat(parts.stream().map(part -> part.origins().get(0).reset()))
        .startsWith(true)
        .containsOnlyOnce(true);
    long above = parts.get(0).origins().get(0).from();
    for (Delta part : parts) {
      OriginDelta origin = part.origins().get(0);
      long from = above;
      assertThat(DeltaParts.work(part)).isLessThan(LongWork.PART + 10 * Slices.entry(20_100));
      assertThat(origin.from()).isEqualTo(from);
      assertThat(origin.entries()).allMatch(entry -> entry.version() > from);
      assertThat(origin.entries()).allMatch(entry -> entry.version() <= origin.to());
      above = origin.to();
    }
  }

  @Test
  void nothingIsLostBetweenParts() {
    Delta delta = new Delta(List.of(origin("b", false, 3_000), origin("c", true, 3_000)));
    for (OriginDelta whole : delta.origins()) {
      List<OriginDelta> cut = DeltaParts.of(delta).stream()
          .flatMap(part -> part.origins().stream())
          .filter(part -> part.origin().equals(whole.origin()))
          .toList();
      assertThat(cut.stream().flatMap(part -> part.entries().stream()).toList())
          .isEqualTo(whole.entries());
      assertThat(cut.get(cut.size() - 1).to()).isEqualTo(whole.to());
    }
  }

  @Test
  void anAnswerMergedInPartsLeavesTheSameStateAsOneMergedAtOnce() {
    Delta delta = new Delta(
        List.of(origin("a", false, 1_500), origin("b", false, 2_000), origin("c", true, 2_000)));
    PeerTurnsBed other = new PeerTurnsBed();
    Receipt atOnce = other.turns.receive(reception(delta));
    PeerTurns.Receiving receiving = bed.turns.receiving(reception(delta));
    int turns = 0;
    while (receiving.result().isEmpty()) {
      long work = receiving.next();
      assertThat(work).isLessThan(Slices.TURN);
      turns++;
    }
    assertThat(turns).isGreaterThan(5);
    assertThat(receiving.result()).contains(atOnce);
    assertThat(bed.registry.checksums().of(ASKED))
        .isEqualTo(other.registry.checksums().of(ASKED));
    assertThat(bed.registry.checksums().view())
        .isEqualTo(other.registry.checksums().view());
  }

  /** Writes of clients and answers of other peers come between the parts. */
  @Test
  void otherTurnsBetweenPartsDisturbNothing() {
    Delta delta = new Delta(List.of(origin("b", false, 3_000)));
    OriginDelta ofC = origin("c", false, 2_000);
    PeerTurns.Receiving receiving = bed.turns.receiving(reception(delta));
    for (int i = 0; receiving.result().isEmpty(); i++) {
      receiving.next();
      bed.registry.put(new Key("own", "i" + i), document(), 0);
      bed.turns.receive(reception(new Delta(i == 2 ? List.of(ofC) : delta.origins())));
    }
    PeerTurnsBed other = new PeerTurnsBed();
    other.turns.receive(reception(new Delta(List.of(delta.origins().get(0), ofC))));
    assertThat(bed.registry.checksums().of(new Digest(Map.of("b", 0L, "c", 0L))))
        .isEqualTo(other.registry.checksums().of(new Digest(Map.of("b", 0L, "c", 0L))));
  }

  @Test
  void ofAPeerThatIsNotBelievedNothingIsMerged() {
    Delta delta = new Delta(List.of(origin("b", false, 3_000)));
    Reception forged = new Reception(
        "b",
        Optional.of(Handshakes.introduction(
            "b", Handshakes.of("x", "life-x"), PeerTurnsBed.AT_B, PeerTurnsBed.MEMBERS)),
        ASKED,
        delta,
        Reception.Place.ENDS_PULL,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty());
    PeerTurns.Receiving receiving = bed.turns.receiving(forged);
    receiving.next();
    assertThat(receiving.result().orElseThrow()).isInstanceOf(Receipt.Refused.class);
    assertThat(bed.registry.stats().instances()).isZero();
  }
}
