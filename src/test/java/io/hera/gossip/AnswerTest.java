package io.hera.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Delta;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import io.hera.wire.V2Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private final Answer.V2 answer = new Answer.V2(
      new V2Answer(Handshake.of(new NodeId("a", "life")), 1_000_000, 300, new Delta(List.of())));

  @Test
  void thePeerReadItsClockInTheMiddleOfTheRoundTrip() {
    assertThat(answer.after(40).wallMillis()).hasValue(1_000_020);
    assertThat(answer.after(1_000).wallMillis()).hasValue(1_000_500);
  }

  @Test
  void anAnswerAfterALongRoundTripDoesNotTellTheTime() {
    assertThat(answer.after(1_001).wallMillis()).isEmpty();
  }
}
