package io.hera.http;

import io.hera.store.Histogram;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

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
  private final Map<Route, AtomicReferenceArray<Alike>> requests = new EnumMap<>(Route.class);

  Requests() {
    for (Route route : Route.values()) {
      requests.put(route, new AtomicReferenceArray<>((METHODS.size() + 1) * STATUSES));
    }
  }

  /** Requests of one route, method and status: how many, and how long some of them took. */
  record Alike(String route, String method, int status, LongAdder count, Histogram times) {}

  /** Where a request is to be counted. */
  Alike alike(Route route, HttpMethod method, int status) {
    AtomicReferenceArray<Alike> ofRoute = Objects.requireNonNull(requests.get(route));
    int known = METHODS.indexOf(method);
    int column = known < 0 ? METHODS.size() : known;
    int index = column * STATUSES + status;
    Alike found = ofRoute.get(index);
    if (found == null) {
      String name = known < 0 ? "other" : method.name();
      ofRoute.compareAndSet(
          index, null, new Alike(route.template, name, status, new LongAdder(), new Histogram()));
      found = ofRoute.get(index);
    }
    return found;
  }

  /** Everything counted so far. */
  List<Alike> all() {
    List<Alike> all = new ArrayList<>();
    requests.values().forEach(ofRoute -> {
      for (int index = 0; index < ofRoute.length(); index++) {
        Optional.ofNullable(ofRoute.get(index)).ifPresent(all::add);
      }
    });
    return all;
  }
}
