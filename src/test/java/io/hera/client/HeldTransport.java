package io.hera.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** A transport whose requests wait until a test answers them, one after the other. */
final class HeldTransport implements Transport {
  /** A request, and its answer to be. */
  record Held(Ask ask, CompletableFuture<Answer> answer) {}

  private final Deque<Held> waiting = new ArrayDeque<>();

  @Override
  public CompletableFuture<Answer> send(Ask ask) {
    Held held = new Held(ask, new CompletableFuture<>());
    waiting.add(held);
    return held.answer();
  }

  /** Returns whether the test has not looked at some request yet. */
  boolean hasNext() {
    return !waiting.isEmpty();
  }

  /** Returns the oldest request that the test has not looked at. */
  Held next() {
    return waiting.remove();
  }

  /** Forgets the requests that the test has not looked at. */
  void forget() {
    waiting.clear();
  }

  @Override
  public void close() {}
}
