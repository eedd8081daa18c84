package io.hera.store;

import io.hera.registry.Change;
import io.hera.registry.EntryTimes;
import io.hera.registry.Key;
import io.hera.registry.Registry;
import io.hera.registry.Silence;
import io.hera.store.history.Cause;
import io.hera.store.history.EventType;
import io.hera.store.history.History;
import io.hera.store.history.HistoryEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Records the changes of the view, with the cause of each: the write or the answer under way, or what the registry does by
 * itself; and services that fall silent. Events are published together within {@value #GATHER_MILLIS} ms. Owned by {@link StoreTurns}, and by the simulation's nodes.
 *
 * <p>A node that starts records nothing until it is ready: its peers and its snapshot bring changes that happened before.
 */
public final class HistoryRecorder {
  private static final long GATHER_MILLIS = 20;

  private static final long FLAPPING_MILLIS = 600_000;
  private static final EntryTimes NO_TIMES = new EntryTimes(0, 0, 0);

  private final Registry registry;
  private final OwnHandshake self;
  private final Supplier<Optional<Write.By>> acting;
  private final Timers timers;
  private final Consumer<List<HistoryEvent>> publisher;
  private final History history = new History();
  private final Map<EventType, Long> counts = new EnumMap<>(EventType.class);
  private List<HistoryEvent> gathered = new ArrayList<>();
  private Optional<Cause> heard = Optional.empty();
  private long sinceMillis;

  /**
   * Creates a recorder that records nothing before {@link #begin}.
   *
   * @param acting returns the write of a client that is under way, if its author is known
   * @param publisher gets the events, oldest first
   */
  public HistoryRecorder(
      Registry registry,
      OwnHandshake self,
      Supplier<Optional<Write.By>> acting,
      Timers timers,
      Consumer<List<HistoryEvent>> publisher) {
    this.registry = registry;
    this.self = self;
    this.acting = acting;
    this.timers = timers;
    this.publisher = publisher;
  }

  /** Returns the events. */
  public History events() {
    return history;
  }

  /** Returns what operators see of it. */
  HistoryStatus status() {
    int flapping = history.flapping(registry.nowMillis() - FLAPPING_MILLIS);
    return new HistoryStatus(
        history.first(), history.last(), sinceMillis, flapping, Map.copyOf(counts));
  }

  /** Begins, when the node is ready. */
  public void begin() {
    sinceMillis = registry.nowMillis();
    add(event(
        EventType.READY, new Key("", ""), NO_TIMES, self.handshake().name(), Cause.Own.START));
  }

  private boolean isRecording() {
    return sinceMillis > 0;
  }

  /** Takes events of former lives back, oldest first, before {@link #begin}. */
  void restore(List<HistoryEvent> former) {
    former.stream().filter(event -> event.number() > history.last()).forEach(history::add);
  }

  /** Does work that a peer's answer makes necessary. */
  public <A> A heardFrom(String peer, Supplier<A> work) {
    heard = Optional.of(new Cause.Gossip(peer));
    try {
      return work.get();
    } finally {
      heard = Optional.empty();
    }
  }

  /** The same in parts. */
  <A> LongWork.Parts<A> heardFrom(String peer, LongWork.Parts<A> parts) {
    return new LongWork.Parts<>() {
      @Override
      public long next() {
        return heardFrom(peer, parts::next);
      }

      @Override
      public Optional<A> result() {
        return parts.result();
      }
    };
  }

  /** Records a change of content, or of the origin. */
  public void changed(Change change) {
    if (isRecording()) {
      HistoryEvent event = event(
          EventType.of(change.kind()),
          change.key(),
          change.times(),
          change.origin(),
          cause(change));
      add(event.with(new HistoryEvent.Documents(change.before(), change.after())));
    }
  }

  /** Records that most own instances of a service have become silent, or are not silent any more. */
  public void silence(Silence silence) {
    if (isRecording()) {
      EventType type =
          silence.extent() == Silence.Extent.MOST ? EventType.SILENT : EventType.NOT_SILENT;
      add(event(
          type,
          new Key(silence.service(), ""),
          NO_TIMES,
          self.handshake().name(),
          new Cause.Silence(silence.silent(), silence.shown(), silence.sinceMillis())));
    }
  }

  private HistoryEvent event(
      EventType type, Key key, EntryTimes times, String origin, Cause cause) {
    boolean ofNode = key.service().isEmpty();
    return new HistoryEvent(
        history.last() + 1,
        self.handshake().life(),
        registry.nowMillis(),
        type,
        key.service(),
        key.id(),
        origin,
        times,
        ofNode ? registry.view().instanceCount() : registry.view().instanceCount(key.service()),
        cause,
        0,
        null);
  }

  private Cause cause(Change change) {
    return switch (change.kind()) {
      case EXPIRED -> Cause.Own.EXPIRY;
      case DROPPED -> Cause.Own.CLOCK;
      case DRAINED -> drain(change.key());
      case ABSENT -> new Cause.Absent(registry.absentAt());
      case DEREGISTERED -> client(Cause.Action.DELETE).or(() -> heard).orElse(Cause.Own.UNCOVERED);
      case REGISTERED, UPDATED, MOVED ->
        client(Cause.Action.PUT).or(() -> heard).orElse(Cause.Own.UNCOVERED);
    };
  }

  private Cause drain(Key key) {
    return registry
        .view()
        .hiding(key)
        .map(by -> new Cause.Drain(by.selector(), by.reason(), by.by()))
        .orElseGet(() -> new Cause.Drain("", "", ""));
  }

  private Optional<Cause> client(Cause.Action action) {
    return acting.get().map(by -> Cause.Client.of(action, by.author()));
  }

  private void add(HistoryEvent event) {
    if (gathered.isEmpty()) {
      timers.run(GATHER_MILLIS, this::publish);
    }
    gathered.add(event);
    counts.merge(event.type(), 1L, Long::sum);
    history.add(event);
  }

  private void publish() {
    List<HistoryEvent> some = gathered;
    gathered = new ArrayList<>();
    publisher.accept(some);
  }
}
