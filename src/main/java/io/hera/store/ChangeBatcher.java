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
 * timer runs only after a change. Owned by {@link StoreTurns}.
 */
final class ChangeBatcher {
  private static final long GATHER_MILLIS = 20;

  private final Timers timers;
  private final Consumer<Changes> publisher;
  private List<LoggedChange> gathered = new ArrayList<>();
  private Map<Subject, Integer> subjects = new HashMap<>();
  private long bytes;
  private long last;

  /** Hands each batch to {@code publisher}, {@value #GATHER_MILLIS} ms after its first change. */
  ChangeBatcher(Timers timers, Consumer<Changes> publisher) {
    this.timers = timers;
    this.publisher = publisher;
  }

  /** Returns the number of the last change, published or not. */
  long last() {
    return last;
  }

  void add(Change change) {
    if (gathered.isEmpty()) {
      timers.run(GATHER_MILLIS, this::publish);
      subjects.put(Subject.ALL, 0);
    }
    last++;
    subjects.putIfAbsent(Subject.of(change.key().service()), gathered.size());
    LoggedChange logged = new LoggedChange(last, change);
    gathered.add(logged);
    bytes += logged.bytes();
  }

  private void publish() {
    Changes batch = new Changes(last - gathered.size() + 1, gathered, subjects, bytes);
    gathered = new ArrayList<>();
    subjects = new HashMap<>();
    bytes = 0;
    publisher.accept(batch);
  }
}
