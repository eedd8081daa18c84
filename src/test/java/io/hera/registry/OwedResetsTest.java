package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How often a member is sent back to 0 (P7). */
class OwedResetsTest {
  private final OwedResets resets = new OwedResets();

  @Test
  void aMemberThatDoesNotGoBackGetsEverythingOnceInTheEnd() {
    resets.owe(List.of("a", "b"));
    for (int i = 0; i < OwedResets.TRIES_MAX; i++) {
      assertThat(resets.next("a", 5)).isEqualTo(OwedResets.Answer.EMPTY_RESET);
    }
    assertThat(resets.next("a", 5)).isEqualTo(OwedResets.Answer.FULL_RESET);
    assertThat(resets.next("a", 5)).isEqualTo(OwedResets.Answer.ORDINARY);
    assertThat(resets.next("b", 5)).isEqualTo(OwedResets.Answer.EMPTY_RESET);
  }

  @Test
  void aMemberThatAsksFromZeroGetsWhatItAsksFor() {
    resets.owe(List.of("a"));
    assertThat(resets.next("a", 0)).isEqualTo(OwedResets.Answer.ORDINARY);
    assertThat(resets.next("a", 5)).isEqualTo(OwedResets.Answer.ORDINARY);
    resets.owe(List.of("a"));
    assertThat(resets.next("a", 5)).isEqualTo(OwedResets.Answer.EMPTY_RESET);
  }
}
