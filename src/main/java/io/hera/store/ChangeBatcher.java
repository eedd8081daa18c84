package io.hera.store;

import io.hera.registry.Change;
import io.hera.store.page.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Numbers the changes of content and publishes them in batches: a deployment that moves ten instances wakes its watchers once. A
 * batch is bounded, because each receiver works it off in one turn. A timer runs only after a change. Owned by {@link StoreTurns}.
 */
final class ChangeBatcher {
  static final int CHANGES_MAX = 1_000;
  private static final long BYTES_MAX = 1 << 20;
  private static final long GATHER_MILLIS = 20;

  private final Timers timers;
  private final Consumer<Changes> publisher;
  private List<LoggedChange> gathered = new ArrayList<>();
  private Map<Subject, List<LoggedChange>> subjects = new HashMap<>();
  private boolean gathering;
  private long bytes;
  private long last;

  /**
   * Hands each batch to {@code publisher}: {@value #GATHER_MILLIS} ms after its first change, or sooner if it is full.
   */
  ChangeBatcher(Timers timers, Consumer<Changes> publisher) {
    this.timers = timers;
    this.publisher = publisher;
  }

  /** Returns the number of the last change, published or not. */
  long last() {
    return last;
  }

  void add(Change change) {
    if (!gathering) {
      gathering = true;
      timers.run(GATHER_MILLIS, this::gatheringEnds);
    }
    last++;
    LoggedChange logged = new LoggedChange(last, change);
    gathered.add(logged);
    subjects
        .computeIfAbsent(Subject.of(change.key().service()), any -> new ArrayList<>(1))
        .add(logged);
    bytes += logged.bytes();
    if (gathered.size() >= CHANGES_MAX || bytes >= BYTES_MAX) {
      publish();
    }
  }

  private void gatheringEnds() {
    gathering = false;
    if (!gathered.isEmpty()) {
      publish();
    }
  }

  private void publish() {
    subjects.put(Subject.ALL, gathered);
    Changes batch = new Changes(last - gathered.size() + 1, gathered, subjects, bytes);
    gathered = new ArrayList<>();
    subjects = new HashMap<>();
    bytes = 0;
    publisher.accept(batch);
  }
}
