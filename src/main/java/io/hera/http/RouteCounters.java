package io.hera.http;

import io.hera.store.Histogram;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts and times the requests of one route by method and status. One per node and route; all its HTTP verticles add to it,
 * which costs them no allocation and no lock.
 */
public final class RouteCounters {
  private static final List<HttpMethod> METHODS = List.of(
      HttpMethod.GET,
      HttpMethod.PUT,
      HttpMethod.DELETE,
      HttpMethod.HEAD,
      HttpMethod.POST,
      HttpMethod.OPTIONS);
  private static final int STATUSES = 600;

  private final String route;
  /** By method, the last being any other, and status. */
  private final AtomicReferenceArray<Series> series =
      new AtomicReferenceArray<>((METHODS.size() + 1) * STATUSES);

  RouteCounters(String route) {
    this.route = route;
  }

  /** Requests of one route, method and status: how many, and how long some of them took. */
  public record Series(String route, String method, int status, LongAdder count, Histogram times) {}

  /** Returns where a request is counted. */
  Series of(HttpMethod method, int status) {
    int known = known(method);
    int index = (known < 0 ? METHODS.size() : known) * STATUSES + status;
    Series found = series.get(index);
    if (found == null) {
      String name = known < 0 ? "other" : method.name();
      series.compareAndSet(
          index, null, new Series(route, name, status, new LongAdder(), new Histogram()));
      found = Objects.requireNonNull(series.get(index));
    }
    return found;
  }

  /** Vert.x has one object per usual method, so a comparison of references mostly finds it. */
  @SuppressWarnings("ReferenceEquality")
  private static int known(HttpMethod method) {
    for (int index = 0; index < METHODS.size(); index++) {
      if (METHODS.get(index) == method) {
        return index;
      }
    }
    return METHODS.indexOf(method);
  }

  /** Returns everything counted so far. */
  List<Series> all() {
    List<Series> all = new ArrayList<>();
    for (int index = 0; index < series.length(); index++) {
      Optional.ofNullable(series.get(index)).ifPresent(all::add);
    }
    return all;
  }
}
