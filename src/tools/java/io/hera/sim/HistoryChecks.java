package io.hera.sim;

import io.hera.registry.ContentVersion;
import io.hera.store.history.Cause;
import io.hera.store.history.EventQuery;
import io.hera.store.history.EventType;
import io.hera.store.history.HistoryEvent;
import io.hera.store.history.LaterEvents;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The checks of S9: the events of a node, folded on what it showed when it became ready, give what it
 * shows, and which services are silent; and each end has a cause.
 */
final class HistoryChecks {
  private static final int EVENTS_MAX = 100_000;
  private static final byte[] NONE = {};

  private final Checker checker;
  private final Map<String, Told> told = new HashMap<>();

  HistoryChecks(Checker checker) {
    this.checker = checker;
  }

  /**
   * Path → document, and the services that are silent, as the events of a life say; {@code number} is
   * that of the last one.
   */
  private static final class Told {
    final Map<String, byte[]> documents;
    final Set<String> silent;
    long number;

    Told(SimNode node) {
      this.documents = node.inspection.view();
      this.silent = new HashSet<>(node.inspection.mostlySilent());
      this.number = node.history().events().last();
    }
  }

  void booted(SimNode node) {
    told.remove(node.name);
  }

  /** The node begins to record. */
  void synchronised(SimNode node) {
    told.put(node.name, new Told(node));
  }

  void look(Sight sight) {
    SimNode node = sight.node();
    Told before = told.get(node.name);
    if (before == null) {
      return;
    }
    if (node.history().events().last() > before.number) {
      LaterEvents.Request later = new LaterEvents.Request(EventQuery.ALL, before.number);
      for (HistoryEvent event : node.history().events().later(later, EVENTS_MAX).events()) {
        fold(node, before, event);
      }
    }
    Map<String, byte[]> shown = sight.view();
    Set<String> silent = node.inspection.mostlySilent();
    checker.check(
        shown.keySet().equals(before.documents.keySet())
            && shown.entrySet().stream()
                .allMatch(one ->
                    isSame(node, one.getKey(), one.getValue(), before.documents.get(one.getKey()))),
        "S9",
        "the history of %s says %s, and it shows %s",
        node.name,
        before.documents.keySet(),
        shown.keySet());
    checker.check(
        before.silent.equals(silent),
        "S9",
        "the history of %s says that %s are silent, and it counts %s",
        node.name,
        before.silent,
        silent);
  }

  /** Whether two documents have the same content; mostly they are the same array. */
  private static boolean isSame(SimNode node, String path, byte[] one, byte[] other) {
    return Arrays.equals(one, other) || content(node, path, one).equals(content(node, path, other));
  }

  private void fold(SimNode node, Told before, HistoryEvent event) {
    before.number = event.number();
    if (event.type() == EventType.SILENT) {
      before.silent.add(event.service());
    } else if (event.type() == EventType.NOT_SILENT) {
      before.silent.remove(event.service());
    } else if (event.type().isEnd()) {
      end(node, before, event);
    } else if (event.type() != EventType.MOVED) {
      before.documents.put(path(event), after(event));
    }
  }

  /** The registration that it ends may be folded into it. */
  private void end(SimNode node, Told before, HistoryEvent event) {
    String path = path(event);
    checker.check(
        before.documents.remove(path) != null || event.folded() > 0,
        "S9",
        "the history of %s has an end of %s, which it did not show",
        node.name,
        path);
    checker.check(
        isCaused(event), "S9", "the history of %s has no cause for the end of %s", node.name, path);
  }

  private static String path(HistoryEvent event) {
    return event.service() + "/" + event.id();
  }

  /** An end comes by a client, by a peer, or by itself for a reason of its own. */
  private static boolean isCaused(HistoryEvent event) {
    return switch (event.type()) {
      case DEREGISTERED ->
        event.cause() instanceof Cause.Client || event.cause() instanceof Cause.Gossip;
      case EXPIRED -> event.cause() == Cause.Own.EXPIRY;
      case DRAINED -> event.cause() instanceof Cause.Drain by && !by.selector().isEmpty();
      default -> event.cause() == Cause.Own.CLOCK || event.cause() instanceof Cause.Absent;
    };
  }

  private static byte[] after(HistoryEvent event) {
    HistoryEvent.Documents documents = event.documents();
    return documents == null || documents.after() == null ? NONE : documents.after();
  }

  private static ContentVersion content(SimNode node, String path, byte[] document) {
    return node.contents.of(SimNode.key(path).service(), SimNode.key(path).id(), document);
  }
}
