package io.hera.http;

import io.hera.registry.Change;
import io.hera.store.page.Filter;
import io.hera.store.page.Subject;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One client's stream of events, and up to where it has got them. Owned by {@link EventStreams}. */
final class EventStream {
  final Exchange exchange;
  final Scope scope;
  /** The number of the last change that the client has been told, as long as it is not {@link #current}. */
  long told;
  /** It has got all there is, or will get it in the turn that brings it. */
  boolean current;
  /** It is in the middle of being shown how things stand. */
  boolean beingShown;
  /** How often in a row it had no room for a sign of life. */
  int stalls;
  /** Service → number of the last change before it was shown, while a snapshot of all services is newer than {@link #told}. */
  private final Map<String, Long> shown = new HashMap<>();

  private long shownUpTo;

  EventStream(Exchange exchange, Scope scope) {
    this.exchange = exchange;
    this.scope = scope;
  }

  /**
   * What the client follows.
   *
   * @param id one instance of the service, or all
   */
  record Scope(Subject subject, Optional<String> id, Filter filter) {}

  /** A service was shown as it was after the change of this number. */
  void shown(String service, long change) {
    shown.put(service, change);
    shownUpTo = Math.max(shownUpTo, change);
  }

  /** The client has been told of, or need not be told of, everything up to this change. */
  void told(long change) {
    told = change;
    if (change >= shownUpTo) {
      shown.clear();
    }
  }

  /** The event as this client is to get it; null when it does not concern it. */
  @Nullable
  Buffer text(ServerEvent event) {
    Change change = event.change();
    if (!(scope.subject() instanceof Subject.Service service)) {
      boolean old = event.number() <= shown.getOrDefault(change.key().service(), 0L);
      return old ? null : event.ofAll();
    }
    boolean other = !change.key().service().equals(service.name())
        || (scope.id().isPresent() && !scope.id().get().equals(change.key().id()));
    if (other) {
      return null;
    }
    if (scope.filter().isEmpty() || fits(change.after())) {
      return event.ofService();
    }
    if (!fits(change.before())) {
      return null;
    }
    return change.after() == null ? event.ofService() : event.unmatched();
  }

  private boolean fits(byte @Nullable [] document) {
    return document != null && scope.filter().matches(document);
  }
}
