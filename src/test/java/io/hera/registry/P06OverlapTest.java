package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.wire.V1Codec;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rule P6, the overlap for nodes of 2012, and the failures that it prevents. */
class P06OverlapTest extends ThreeNodes {
  @Test
  void aDeltaThatIsMergedTwiceChangesNothing() {
    a.put("s/1", "{}");
    a.delete("s/2");
    Delta delta = new Delta(a.answer("a", 0));
    b.registry().merge(delta, Set.of("a"), Set.of("a"));
    b.advance(1_000);
    Merged again = b.registry().merge(delta, Set.of("a"), Set.of("a"));
    assertThat(again).isEqualTo(new Merged(0, 2, 0, 0, 0));
    assertThat(b.changes).hasSize(1);
  }

  /**
   * A node of 2012 answers with the writes above the version asked, and adds writes behind answers
   * that it has given.
   */
  @Test
  void aWriteThatANodeOf2012AddsBehindAnAnswerIsSeen() {
    give(a, "c", 0, NOW, entry("s/1", "{}", NOW));
    Registration sameMillisecond = entry("s/2", "{}", NOW);
    Registration steppedBack = entry("s/3", "{}", NOW - 2_999);
    long asked = V1Codec.overlapping(a.registry().digest("c")).horizons().get("c");
    Entry[] answer = Stream.of(steppedBack, sameMillisecond)
        .filter(entry -> entry.version() > asked)
        .toArray(Entry[]::new);
    give(a, "c", asked, NOW, answer);
    assertThat(a.service("s")).containsOnlyKeys("1", "2", "3");
  }
}
