package io.hera.store;

import io.hera.registry.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The writes of one message, in parts if they are many. Owned by {@link StoreTurns}. */
final class ManyWrites implements LongWork.Parts<List<Outcome>> {
  private final List<Write> writes;
  private final Function<List<Write>, List<Outcome>> writer;
  private final List<Outcome> outcomes;

  /** Writes by {@code writer}, in one turn for each part. */
  ManyWrites(List<Write> writes, Function<List<Write>, List<Outcome>> writer) {
    this.writes = writes;
    this.writer = writer;
    this.outcomes = new ArrayList<>(writes.size());
  }

  /** Returns what it costs to do these writes. */
  static long work(List<Write> writes) {
    long work = 0;
    for (Write write : writes) {
      work += work(write);
    }
    return work;
  }

  /** Returns what it costs to do a write. */
  static long work(Write write) {
    if (write instanceof Write.By by) {
      return work(by.write());
    }
    if (write instanceof Write.Shown shown) {
      return work(shown.write());
    }
    if (write instanceof Write.Conditional conditional) {
      return work(conditional.write());
    }
    if (write instanceof Write.Observed observed) {
      return work(observed.write());
    }
    return Slices.entry(write instanceof Write.Put put ? put.document().length : 0);
  }

  @Override
  public long next() {
    int from = outcomes.size();
    int to = from;
    long work = 0;
    while (to < writes.size() && work < LongWork.PART) {
      work += work(writes.get(to++));
    }
    outcomes.addAll(writer.apply(writes.subList(from, to)));
    return work;
  }

  @Override
  public Optional<List<Outcome>> result() {
    return outcomes.size() == writes.size() ? Optional.of(outcomes) : Optional.empty();
  }
}
