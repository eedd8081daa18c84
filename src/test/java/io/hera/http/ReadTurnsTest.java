package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests that a turn serves a bounded number of reads, and that few reads never wait. */
class ReadTurnsTest {
  private static final int MAX = ReadTurns.AT_ONCE_MAX;

  private final Queue<Runnable> afterInput = new ArrayDeque<>();
  private final Queue<Runnable> turns = new ArrayDeque<>();
  private final List<Integer> served = new ArrayList<>();
  private final ReadTurns<Integer> reads =
      new ReadTurns<>(afterInput::add, turns::add, served::add);

  private void arrive(int from, int to) {
    IntStream.range(from, to).forEach(reads::serve);
    afterInput.forEach(Runnable::run);
    afterInput.clear();
  }

  @Test
  void fewReadsAreServedAsTheyComeWithoutAnotherTurn() {
    for (int turn = 0; turn < 5; turn++) {
      arrive(turn * MAX, (turn + 1) * MAX);
    }
    assertThat(served).hasSize(5 * MAX);
    assertThat(turns).isEmpty();
  }

  @Test
  void aCrowdIsServedInSeveralTurnsInItsOrder() {
    arrive(0, 3_000);
    int before = 0;
    while (!turns.isEmpty()) {
      assertThat(served.size() - before).isLessThanOrEqualTo(2 * MAX + 1);
      before = served.size();
      turns.remove().run();
    }
    assertThat(served).isEqualTo(IntStream.range(0, 3_000).boxed().toList());
  }

  @Test
  void aReadThatComesLaterWaitsForThoseBeforeIt() {
    arrive(0, 1_000);
    arrive(1_000, 1_001);
    assertThat(served).doesNotContain(1_000);
    while (!turns.isEmpty()) {
      turns.remove().run();
    }
    assertThat(served).endsWith(1_000);
    arrive(1_001, 1_002);
    assertThat(served).endsWith(1_001);
  }

  @Test
  void theEndOfATurnIsNotAwaitedForEachRead() {
    IntStream.range(1, ReadTurns.AWAITED).forEach(reads::serve);
    assertThat(afterInput).isEmpty();
    reads.serve(ReadTurns.AWAITED);
    assertThat(afterInput).hasSize(1);
    assertThat(served).hasSize(ReadTurns.AWAITED);
  }
}
