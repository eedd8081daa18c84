package io.hera.http.watch;

import io.hera.http.Exchange;
import io.hera.registry.Change;
import io.hera.registry.Key;
import io.hera.store.page.Filter;
import io.hera.store.page.Selection;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client's stream of events, and how far it has got. Owned by {@link EventStreams}.
 *
 * <pre>
 *              snapshotWritten, resume            caughtUp
 *   SNAPSHOT ───────────────────────► CATCHING_UP ────────► LIVE
 *       ▲                                 │    ▲              │
 *       └─────────────────────────────────┘    └──────────────┘
 *                 snapshotBegins                     wake
 * </pre>
 */
final class EventStream {
  final Exchange exchange;
  final Selection selection;

  private Phase phase = Phase.SNAPSHOT;
  /** Number of the last change that the client has got or does not need; outdated while the stream is {@link Phase#LIVE}. */
  private long position;

  /** Service → number of the last change that its part of a snapshot of all services includes, if that is above {@link #position}. */
  private final Map<String, Long> included = new HashMap<>();

  private long includedUpTo;

  EventStream(Exchange exchange, Selection selection) {
    this.exchange = exchange;
    this.selection = selection;
  }

  private enum Phase {
    /** It is being written how things stand; changes wait. */
    SNAPSHOT,
    /** Changes above {@link #position} are being written, as fast as the client reads. */
    CATCHING_UP,
    /** The client has got everything: the next change wakes the stream. */
    LIVE
  }

  boolean inSnapshot() {
    return phase == Phase.SNAPSHOT;
  }

  /** Begins again with how things stand. */
  void snapshotBegins() {
    phase = Phase.SNAPSHOT;
  }

  /** Goes on with the changes after the snapshot, whose number {@link #passed} has given. */
  void snapshotWritten() {
    phase = Phase.CATCHING_UP;
  }

  /** Goes on after the change of this number, which the client got from an earlier stream. */
  void resume(long number) {
    position = number;
    phase = Phase.CATCHING_UP;
  }

  /** Notes that all changes so far are written. */
  void caughtUp() {
    phase = Phase.LIVE;
  }

  /**
   * Wakes the stream for changes of its subject.
   *
   * @param first number of the first of them
   * @return whether it was live: if not, it comes to them by itself
   */
  boolean wake(long first) {
    if (phase != Phase.LIVE) {
      return false;
    }
    phase = Phase.CATCHING_UP;
    passed(Math.max(position, first - 1));
    return true;
  }

  /** Returns the number of the next change to write. */
  long next() {
    return position + 1;
  }

  /** Notes that the client has got, or does not need, every change up to this number. */
  void passed(long number) {
    position = number;
    if (number >= includedUpTo) {
      included.clear();
    }
  }

  /** Notes that a snapshot of all services includes the changes of {@code service} up to this number. */
  void included(String service, long number) {
    included.put(service, number);
    includedUpTo = Math.max(includedUpTo, number);
  }

  /** Returns the event as this client gets it; empty if it does not concern the client. */
  Optional<Buffer> text(ServerEvent event) {
    Change change = event.change();
    if (selection instanceof Selection.Instance one) {
      return one.key().equals(change.key()) ? Optional.of(event.ofService()) : Optional.empty();
    }
    if (selection instanceof Selection.OfService some) {
      return isOf(some, change.key()) ? matching(some.filter(), event) : Optional.empty();
    }
    boolean known = event.number() <= included.getOrDefault(change.key().service(), 0L);
    return known ? Optional.empty() : Optional.of(event.ofAll());
  }

  private static boolean isOf(Selection.OfService some, Key key) {
    return some.subject().name().equals(key.service());
  }

  /** To a client that wants some instances only, one that ceases to match is deleted. */
  private static Optional<Buffer> matching(Filter filter, ServerEvent event) {
    Change change = event.change();
    if (filter.isEmpty() || matches(filter, change.after())) {
      return Optional.of(event.ofService());
    }
    if (!matches(filter, change.before())) {
      return Optional.empty();
    }
    return Optional.of(change.after() == null ? event.ofService() : event.unmatched());
  }

  private static boolean matches(Filter filter, byte @Nullable [] document) {
    return document != null && filter.matches(document);
  }
}
