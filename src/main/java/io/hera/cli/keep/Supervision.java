package io.hera.cli.keep;

import io.hera.cli.keep.KeptInstance.End;
import io.hera.cli.reach.Notes;
import io.hera.cli.shell.ProcessSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The order of events in the life of a process that is run as an instance: it is deregistered before it gets a signal, and when it has
 * ended.
 *
 * <pre>
 * signal → deregister → wait for the drain → same signal to the process → 10 s → SIGKILL
 * </pre>
 *
 * <p>Another signal ends the wait, and further ones are handed on.
 */
final class Supervision {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Terms terms;
  private final Notes notes;
  private final LongSupplier nanos;

  Supervision(Terms terms, Notes notes, LongSupplier nanos) {
    this.terms = terms;
    this.notes = notes;
    this.nanos = nanos;
  }

  /**
   * How it ends.
   *
   * @param program its name
   * @param drain how long callers have to hear that it is deregistered
   */
  record Terms(String program, Duration drain) {}

  private sealed interface Event {
    record Signalled(ProcessSignal signal) implements Event {}

    record Ended(int code) implements Event {}
  }

  /** This process has got a signal. */
  void signalled(ProcessSignal signal) {
    events.add(new Event.Signalled(signal));
  }

  /** The child has ended. */
  void ended(int code) {
    events.add(new Event.Ended(code));
  }

  /** Waits for the end of the child; returns its exit code. */
  int await(ChildProcess child, KeptInstance instance) throws InterruptedException {
    Event event = events.take();
    if (event instanceof Event.Signalled signalled) {
      return stop(child, instance, signalled.signal());
    }
    int code = ((Event.Ended) event).code();
    End end = instance.deregister();
    notes.say(terms.program() + " has ended with " + code + ": " + instance.sentence(end));
    return code;
  }

  private int stop(ChildProcess child, KeptInstance instance, ProcessSignal signal)
      throws InterruptedException {
    End end = instance.deregister();
    Duration drain = end == End.NEVER_SHOWN ? Duration.ZERO : terms.drain();
    notes.say(signal.word() + ": " + instance.sentence(end) + "; " + terms.program() + " gets "
        + signal.word()
        + (drain.isZero() ? "" : " in " + Changes.seconds(drain)));
    Optional<Event> meanwhile = next(drain.toNanos());
    if (meanwhile.isPresent() && meanwhile.get() instanceof Event.Ended ended) {
      return ended.code();
    }
    child.send(
        meanwhile.isPresent() && meanwhile.get() instanceof Event.Signalled again
            ? again.signal()
            : signal);
    return awaitEnd(child);
  }

  private int awaitEnd(ChildProcess child) throws InterruptedException {
    long end = nanos.getAsLong() + PATIENCE.toNanos();
    while (true) {
      Optional<Event> event = next(end - nanos.getAsLong());
      if (event.isEmpty()) {
        notes.say(terms.program() + " has not ended within " + Changes.seconds(PATIENCE)
            + ": it is killed");
        child.kill();
        end = nanos.getAsLong() + PATIENCE.toNanos();
      } else if (event.get() instanceof Event.Ended ended) {
        return ended.code();
      } else if (event.get() instanceof Event.Signalled again) {
        child.send(again.signal());
      }
    }
  }

  private Optional<Event> next(long most) throws InterruptedException {
    return Optional.ofNullable(events.poll(Math.max(0, most), TimeUnit.NANOSECONDS));
  }
}
