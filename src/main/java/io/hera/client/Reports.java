package io.hera.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Reports changes to the listeners of a client, on the events' thread. Of each subject, a slow listener
 * gets the newest state only, so nothing piles up. Thread-safe.
 */
final class Reports {
  private final Worker events;
  private final List<ClientListener> listeners = new CopyOnWriteArrayList<>();
  private final Map<Object, Conflated<Consumer<ClientListener>>> subjects =
      new ConcurrentHashMap<>();

  Reports(Worker events) {
    this.events = events;
  }

  void add(ClientListener listener) {
    listeners.add(listener);
  }

  void nodeChanged(ClientStatus.NodeStatus node) {
    report(node.url(), listener -> listener.nodeChanged(node));
  }

  void registrationChanged(Registration registration) {
    report(registration, listener -> listener.registrationChanged(registration));
  }

  void overwritten(Registration registration, Document theirs) {
    report(
        List.of("overwritten", registration),
        listener -> listener.overwritten(registration, theirs));
  }

  void refused(Registration registration, HeraProblem problem) {
    report(List.of("refused", registration), listener -> listener.refused(registration, problem));
  }

  void viewChanged(Object view, Snapshot snapshot) {
    report(view, listener -> listener.viewChanged(snapshot));
  }

  /** Forgets the reports about a registration or view that has ended. */
  void forget(Object subject) {
    subjects.remove(subject);
    subjects.remove(List.of("overwritten", subject));
    subjects.remove(List.of("refused", subject));
  }

  private void report(Object subject, Consumer<ClientListener> report) {
    if (!listeners.isEmpty()) {
      subjects
          .computeIfAbsent(subject, any -> new Conflated<>(events, this::toAll))
          .offer(report);
    }
  }

  private void toAll(Consumer<ClientListener> report) {
    listeners.forEach(listener -> Conflated.safely(() -> report.accept(listener)));
  }
}
