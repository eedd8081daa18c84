package io.hera.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The token of the client: read on the events' thread, first when it is needed and again when a node
 * refuses it. A supplier that blocks delays requests by {@link #PATIENCE} at most. Owned by the loop.
 */
final class Tokens {
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Logger LOG = System.getLogger("io.hera.client");

  private final Optional<Supplier<String>> supplier;
  private final Loop loop;
  private final Worker events;
  private final List<Runnable> waiting = new ArrayList<>();
  private Optional<String> token = Optional.empty();
  private boolean known;
  private boolean reading;

  Tokens(Optional<Supplier<String>> supplier, Loop loop, Worker events) {
    this.supplier = supplier;
    this.loop = loop;
    this.events = events;
    known = supplier.isEmpty();
  }

  /** Returns the token; empty if there is none, or none could be read. */
  Optional<String> current() {
    return token;
  }

  /** Runs this when the token has been read once, or could not be. */
  void whenKnown(Runnable then) {
    if (known) {
      then.run();
    } else {
      read(then);
    }
  }

  /** Reads the token again, then runs this. */
  void reread(Runnable then) {
    if (supplier.isEmpty()) {
      then.run();
    } else {
      read(then);
    }
  }

  private void read(Runnable then) {
    waiting.add(then);
    if (!reading && supplier.isPresent()) {
      reading = true;
      events.execute(() -> {
        Optional<String> read = ask(supplier.get());
        loop.execute(() -> take(read));
      });
    }
    if (waiting.size() == 1) {
      loop.after(PATIENCE, () -> proceed(then));
    }
  }

  private void take(Optional<String> read) {
    reading = false;
    token = read.or(() -> token);
    proceedAll();
  }

  /** Does not wait any longer, if this is waiting still. */
  private void proceed(Runnable first) {
    if (waiting.contains(first)) {
      proceedAll();
    }
  }

  private void proceedAll() {
    known = true;
    List<Runnable> now = List.copyOf(waiting);
    waiting.clear();
    now.forEach(Runnable::run);
  }

  private static Optional<String> ask(Supplier<String> supplier) {
    try {
      String read = supplier.get().strip();
      if (read.chars().allMatch(c -> c > ' ' && c < 0x7f) && !read.isEmpty()) {
        return Optional.of(read);
      }
      LOG.log(Level.WARNING, "the token is empty, or has characters that a header cannot have");
    } catch (RuntimeException failure) {
      LOG.log(
          Level.WARNING, "the token could not be read: " + failure.getClass().getName());
    }
    return Optional.empty();
  }
}
