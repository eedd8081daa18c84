package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests that a turn of the store does a bounded amount of work, however many writes a request has and however many requests come. */
class LongWorkTest {
  private static final int WRITES_PER_PART = (int) (LongWork.PART / Slices.entry(0));

  private final Queue<Runnable> turns = new ArrayDeque<>();
  private final LongWork longWork = new LongWork(turns::add);
  /** The sizes of the parts of this turn. */
  private final List<Integer> parts = new ArrayList<>();

  private static List<Write> renewals(int count) {
    return IntStream.range(0, count)
        .<Write>mapToObj(i -> new Write.Renew(new Key("s", "i" + i), 0))
        .toList();
  }

  private Future<List<Outcome>> write(List<Write> writes) {
    return longWork.run(new ManyWrites(writes, part -> {
      parts.add(part.size());
      return part.stream().map(LongWorkTest::outcome).toList();
    }));
  }

  private static Outcome outcome(Write write) {
    return write.key().id().endsWith("7") ? Outcome.UNKNOWN_INSTANCE : Outcome.DONE;
  }

  private void nextTurn() {
    parts.clear();
    turns.remove().run();
  }

  private int written() {
    return parts.stream().mapToInt(Integer::intValue).sum();
  }

  @Test
  void manyWritesTakeSeveralTurns() {
    Future<List<Outcome>> outcomes = write(renewals(10 * WRITES_PER_PART));
    for (int turn = 0; turn < 2; turn++) {
      assertThat(parts).hasSize(4).allSatisfy(part -> assertThat(part).isEqualTo(WRITES_PER_PART));
      assertThat(outcomes.isComplete()).isFalse();
      nextTurn();
    }
    assertThat(parts).hasSize(2);
    assertThat(outcomes.result())
        .isEqualTo(
            renewals(10 * WRITES_PER_PART).stream().map(LongWorkTest::outcome).toList());
  }

  @Test
  void aTurnIsBoundedHoweverManyRequestsCome() {
    for (int i = 0; i < 50; i++) {
      write(renewals(WRITES_PER_PART));
    }
    assertThat(written()).isLessThanOrEqualTo(4 * WRITES_PER_PART);
    nextTurn();
    assertThat(written()).isLessThanOrEqualTo(4 * WRITES_PER_PART);
  }

  @Test
  void aLargeDocumentCountsForManyWrites() {
    byte[] document = new byte[64 << 10];
    write(Collections.nCopies(100, new Write.Put(new Key("s", "1"), document, 0)));
    assertThat(written()).isLessThan(16);
  }

  @Test
  void aShortRequestDoesNotWaitForALongOne() {
    Future<List<Outcome>> ofLong = write(renewals(20 * WRITES_PER_PART));
    Future<List<Outcome>> ofShort = write(renewals(1));
    nextTurn();
    assertThat(ofShort.isComplete()).isTrue();
    assertThat(ofLong.isComplete()).isFalse();
  }

  @Test
  void aDefectFailsItsRequestAlone() {
    Future<List<Outcome>> failed = longWork.run(new ManyWrites(renewals(5), part -> {
      throw new IllegalStateException("defect");
    }));
    assertThat(failed.cause()).hasMessage("defect");
    assertThat(write(renewals(1)).result()).containsExactly(Outcome.DONE);
  }
}
