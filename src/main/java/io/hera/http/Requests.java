package io.hera.http;

import io.hera.store.Histogram;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Counts and times requests by route, method and status. One a node; all its HTTP verticles add to it, which costs them no
 * allocation and no lock.
 */
final class Requests {
  private static final List<HttpMethod> METHODS = List.of(
      HttpMethod.GET,
      HttpMethod.PUT,
      HttpMethod.DELETE,
      HttpMethod.HEAD,
      HttpMethod.POST,
      HttpMethod.OPTIONS);
  private static final int STATUSES = 600;

  /** By route; then by method, the last being any other, and status. The map does not change any more. */
  private final Map<Route, AtomicReferenceArray<Histogram>> times = new EnumMap<>(Route.class);

  Requests() {
    for (Route route : Route.values()) {
      times.put(route, new AtomicReferenceArray<>((METHODS.size() + 1) * STATUSES));
    }
  }

  /** What was counted of requests that are alike. */
  record Line(String route, String method, int status, Histogram times) {}

  /** A request was answered. */
  void count(Route route, HttpMethod method, int status, long micros) {
    AtomicReferenceArray<Histogram> ofRoute = Objects.requireNonNull(times.get(route));
    int known = METHODS.indexOf(method);
    int index = (known < 0 ? METHODS.size() : known) * STATUSES + status;
    Histogram found = ofRoute.get(index);
    if (found == null) {
      ofRoute.compareAndSet(index, null, new Histogram());
      found = ofRoute.get(index);
    }
    found.count(micros);
  }

  /** Everything counted so far. */
  List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    times.forEach((route, ofRoute) -> {
      for (int index = 0; index < ofRoute.length(); index++) {
        Histogram found = ofRoute.get(index);
        if (found != null) {
          lines.add(new Line(route.template, method(index / STATUSES), index % STATUSES, found));
        }
      }
    });
    return lines;
  }

  private static String method(int column) {
    return column < METHODS.size() ? METHODS.get(column).name() : "other";
  }
}
