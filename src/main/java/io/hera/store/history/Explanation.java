package io.hera.store.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Says in words why an event happened, and when an instance that has ended was last renewed. */
final class Explanation {
  private Explanation() {}

  static String of(HistoryEvent event) {
    return switch (event.type()) {
      case REGISTERED ->
        event.cause() == Cause.Own.UNCOVERED
            ? "shown again at " + event.origin() + ": the entry or drain that hid it has ended"
            : "registered " + source(event);
      case UPDATED ->
        event.cause() == Cause.Own.UNCOVERED
            ? "the document at " + event.origin() + " is shown: the entry that hid it has ended"
            : "updated " + source(event);
      case MOVED -> "renewed at " + event.origin() + " from now on" + heard(event);
      case DEREGISTERED -> "deregistered " + source(event) + "; last renewal " + renewed(event);
      case EXPIRED ->
        "not renewed for " + seconds(event.times().ageMillis()) + "; " + lastRenewal(event);
      case DROPPED -> dropped(event) + "; " + lastRenewal(event);
      case DRAINED -> drained(event) + ", and registered still; " + lastRenewal(event);
      case SILENT -> silent(event);
      case NOT_SILENT -> notSilent(event);
      case READY -> "the node is ready, instances: " + event.instances();
    };
  }

  private static String source(HistoryEvent event) {
    if (event.cause() instanceof Cause.Client client) {
      String identity = client.identity().isEmpty() ? "" : " (" + client.identity() + ")";
      String verb = client.action() == Cause.Action.DELETE ? "a DELETE" : "a PUT";
      return "by " + verb + " from " + client.address() + identity;
    }
    return "at " + event.origin() + heard(event);
  }

  private static String heard(HistoryEvent event) {
    return event.cause() instanceof Cause.Gossip gossip && !gossip.peer().equals(event.origin())
        ? ", as " + gossip.peer() + " tells"
        : "";
  }

  private static String dropped(HistoryEvent event) {
    return event.cause() instanceof Cause.Absent absent
        ? "ended while this node was down: " + absent.peer() + " does not have it"
        : "its version is too far ahead of the agreed time";
  }

  private static String drained(HistoryEvent event) {
    if (!(event.cause() instanceof Cause.Drain drain) || drain.selector().isEmpty()) {
      return "hidden by a drain";
    }
    String by = drain.by().isEmpty() ? "" : " of " + drain.by();
    String reason = drain.reason().isEmpty() ? "" : " (" + drain.reason() + ")";
    return "hidden by the drain " + drain.selector() + by + reason;
  }

  private static String silent(HistoryEvent event) {
    return event.cause() instanceof Cause.Silence silence
        ? count(silence) + " instances at " + event.origin() + " are silent since "
            + time(silence.sinceMillis()) + ": not renewed for half of their ttl"
        : "most instances at " + event.origin() + " are silent";
  }

  private static String notSilent(HistoryEvent event) {
    return event.cause() instanceof Cause.Silence silence
        ? "most instances at " + event.origin() + " were silent since "
            + time(silence.sinceMillis()) + "; now " + count(silence) + " are"
        : "most instances at " + event.origin() + " are not silent any more";
  }

  private static String count(Cause.Silence silence) {
    return silence.silent() + " of " + silence.shown();
  }

  private static String lastRenewal(HistoryEvent event) {
    return "last renewal at " + event.origin() + " " + renewed(event);
  }

  private static Instant renewed(HistoryEvent event) {
    return time(event.atMillis() - event.times().ageMillis());
  }

  private static Instant time(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS);
  }

  private static String seconds(long millis) {
    return millis < 10_000 && millis % 1_000 != 0
        ? millis / 1_000 + "." + millis % 1_000 / 100 + " s"
        : millis / 1_000 + " s";
  }
}
