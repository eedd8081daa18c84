package io.hera.bench.steady;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The count of something that a node does for its clients.
 *
 * @param what in a few words
 * @param promised how often it has to happen
 */
record Tally(String what, long promised, AtomicLong count) {
  Tally(String what, long promised) {
    this(what, promised, new AtomicLong());
  }

  void add() {
    count.incrementAndGet();
  }

  long counted() {
    return count.get();
  }

  boolean kept() {
    return counted() == promised;
  }

  boolean arrived() {
    return counted() >= promised;
  }

  @Override
  public String toString() {
    return "%,d of %,d %s".formatted(counted(), promised, what);
  }
}
