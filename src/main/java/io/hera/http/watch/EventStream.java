package io.hera.http.watch;

import io.hera.http.EntityTags;
import io.hera.http.Quiet;
import io.hera.registry.Change;
import io.hera.registry.Key;
import io.hera.store.LoggedChange;
import io.hera.store.page.Filter;
import io.hera.store.page.Selection;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The position of one client in a stream of events, without I/O. Owned by {@link EventStreams}.
 *
 * <pre>
 *              snapshotWritten, resume            caughtUp
 *   SNAPSHOT ───────────────────────► CATCHING_UP ────────► LIVE
 *       ▲                                 │    ▲              │
 *       └─────────────────────────────────┘    └──────────────┘
 *                 snapshotBegins                     wake
 * </pre>
 *
 * @param <C> the client that receives the events
 */
final class EventStream<C> {
  final C client;
  final Selection selection;
  final Watch watch;

  private Phase phase = Phase.NEW;
  /**
   * Number of the last change that the client has received or does not need; outdated while the
   * stream is {@link Phase#LIVE}.
   */
  private long position;

  /**
   * Service → number of the last change that its part of a snapshot of all services includes, if
   * that is above {@link #position}.
   */
  private final Map<String, Long> included = new HashMap<>();

  private long includedUpTo;

  /** Number of the last change that the client may get: those behind it wait until their subject is quiet. */
  private long limit;

  /** The entity tags of what the client has, as headers list them, until the stream has begun. */
  private List<String> knownTags;

  /** Whether the client has what it must forget before a snapshot. */
  private boolean outdated;

  /** A stream of each change at once. */
  EventStream(C client, Selection selection) {
    this(client, new Watch(selection, Quiet.NONE), List.of());
  }

  EventStream(C client, Watch watch, List<String> knownTags) {
    this.client = client;
    this.watch = watch;
    this.knownTags = knownTags;
    this.selection = watch.selection();
    this.limit = isQuiet() ? 0 : Long.MAX_VALUE;
  }

  /** Returns whether the client gets changes only when its subject is quiet. */
  boolean isQuiet() {
    return !watch.quiet().isNone();
  }

  /** Returns the number of the last change that the client may get. */
  long limit() {
    return limit;
  }

  /** Lets the client of a quiet stream have the changes up to this number. */
  void allow(long number) {
    limit = Math.max(limit, number);
  }

  private enum Phase {
    /** Nothing is being written yet. */
    NEW,
    /** A snapshot is being written; changes wait. */
    SNAPSHOT,
    /** Changes above {@link #position} are being written, as fast as the client reads. */
    CATCHING_UP,
    /** The client has received everything: the next change wakes the stream. */
    LIVE
  }

  /** Returns whether neither a snapshot nor changes have begun. */
  boolean isNew() {
    return phase == Phase.NEW;
  }

  boolean inSnapshot() {
    return phase == Phase.NEW || phase == Phase.SNAPSHOT;
  }

  /** Begins again with a snapshot. */
  void snapshotBegins() {
    phase = Phase.SNAPSHOT;
    included.clear();
    includedUpTo = 0;
  }

  /** Records that the client has something that cannot be continued. */
  void outdated() {
    outdated = true;
  }

  /** Returns whether the client must forget what it has before it gets a snapshot; it will have done so. */
  boolean forgets() {
    boolean forgets = outdated;
    outdated = false;
    return forgets;
  }

  /** Returns whether the client says that it has the content with this entity tag, and has got nothing else since. */
  boolean knows(String etag) {
    return EntityTags.has(knownTags, etag);
  }

  /** Continues with the changes after the snapshot, whose number {@link #passed} has set. */
  void snapshotWritten() {
    phase = Phase.CATCHING_UP;
    knownTags = List.of();
  }

  /** Continues after the change of this number, which the client has from an earlier stream. */
  void resume(long number) {
    position = number;
    snapshotWritten();
  }

  /** Records that all changes so far are written. */
  void caughtUp() {
    phase = Phase.LIVE;
  }

  /**
   * Wakes the stream for changes of its subject.
   *
   * @param first number of the first of them
   * @return whether it was live; if not, it reaches them without being woken
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

  /** Records that the client has received, or does not need, every change up to this number. */
  void passed(long number) {
    position = number;
    if (number >= includedUpTo) {
      included.clear();
    }
  }

  /** Records that a snapshot of all services includes the changes of a service up to this number. */
  void included(String service, long number) {
    if (number > position) {
      included.put(service, number);
      includedUpTo = Math.max(includedUpTo, number);
    }
  }

  /**
   * Returns whether a snapshot of all services may include some of the changes above
   * {@link #position}. No id says what the client has then.
   */
  boolean isBetween() {
    return includedUpTo > position;
  }

  /** Returns the number of the last change that a snapshot of all services may include. */
  long includedUpTo() {
    return includedUpTo;
  }

  /** Returns the work to find out whether a change concerns the client: the bytes of documents that a filter reads. */
  long filterWork(Change change) {
    return selection instanceof Selection.OfService some && !some.filter().isEmpty()
        ? size(change.before()) + size(change.after())
        : 0;
  }

  private static long size(byte @Nullable [] document) {
    return document == null ? 0 : document.length;
  }

  /** Returns whether a change of the subject is one of the selection, and no snapshot includes it. */
  boolean needs(LoggedChange logged) {
    Key key = logged.change().key();
    if (selection instanceof Selection.Instance one) {
      return one.key().equals(key);
    }
    return !(selection instanceof Selection.All all)
        || (all.filter().includes(key.service())
            && logged.number() > included.getOrDefault(key.service(), 0L));
  }

  /** Returns the one event, without its id, for all changes of an instance; empty if the client has its content already. */
  Optional<Buffer> net(Change first, ServerEvent last) {
    Change change = last.change();
    boolean was = shows(first.before());
    boolean is = shows(change.after());
    boolean same =
        is && Objects.equals(first.contents().before(), change.contents().after());
    if (was ? same : !is) {
      return Optional.empty();
    }
    Buffer whole = selection instanceof Selection.All
        ? last.ofAll()
        : is || change.after() == null ? last.ofService() : last.unmatched();
    return Optional.of(last.withoutId(whole));
  }

  private boolean shows(byte @Nullable [] document) {
    return document != null
        && (!(selection instanceof Selection.OfService some) || some.filter().matches(document));
  }

  /** Returns the event as this client receives it; empty if it does not concern the client. */
  Optional<Buffer> text(ServerEvent event) {
    Change change = event.change();
    if (selection instanceof Selection.Instance one) {
      return one.key().equals(change.key()) ? Optional.of(event.ofService()) : Optional.empty();
    }
    if (selection instanceof Selection.OfService some) {
      return isOf(some, change.key()) ? matching(some.filter(), event) : Optional.empty();
    }
    if (selection instanceof Selection.All all
        && !all.filter().includes(change.key().service())) {
      return Optional.empty();
    }
    if (event.number() <= included.getOrDefault(change.key().service(), 0L)) {
      return Optional.empty();
    }
    return Optional.of(isBetween() ? event.ofAllWithoutId() : event.ofAll());
  }

  private static boolean isOf(Selection.OfService some, Key key) {
    return some.subject().name().equals(key.service());
  }

  /** For a client that selects some instances, one that ceases to match is deleted. */
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
