package io.hera.cli.bulk;

import io.hera.cli.reach.Notes;
import java.util.function.LongSupplier;

/** Says on stderr how far a command is, every two seconds. */
final class Progress {
  private static final long PAUSE_NANOS = 2_000_000_000L;

  private final Notes notes;
  private final LongSupplier nanos;
  private long next;

  Progress(Notes notes, LongSupplier nanos) {
    this.notes = notes;
    this.nanos = nanos;
    this.next = nanos.getAsLong() + PAUSE_NANOS;
  }

  /** Notes how many registrations are done. */
  void at(long count) {
    long now = nanos.getAsLong();
    if (now - next >= 0) {
      next = now + PAUSE_NANOS;
      notes.say(count + " registrations so far");
    }
  }
}
