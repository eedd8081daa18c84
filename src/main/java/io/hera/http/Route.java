package io.hera.http;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** What a request is for, as metrics name it. */
enum Route {
  SERVICES("/"),
  SERVICE("/{service}"),
  INSTANCE("/{service}/{id}"),
  /** A read that has waited for a change. */
  WAIT("/{service}?wait"),
  BATCH("/_batch"),
  HEARTBEAT("/_heartbeat"),
  EXPORT("/_export"),
  DELTAS("/_deltas"),
  /** A peer that has waited for news. */
  DELTAS_WAIT("/_deltas?_wait"),
  LIVE("/_health/live"),
  READY("/_health/ready"),
  STATUS("/_status"),
  METRICS("/_metrics"),
  TARGETS("/_sd/prometheus"),
  OPENAPI("/_openapi.yaml"),
  /** Nothing that there is, or nothing that can be understood. */
  OTHER("other");

  private static final Map<String, Route> OPERATIONS = Arrays.stream(values())
      .filter(route -> route.template.startsWith("/_"))
      .collect(Collectors.toMap(route -> route.template, route -> route));

  final String template;

  Route(String template) {
    this.template = template;
  }

  /** The route of a raw target. */
  static Route of(String target) {
    int question = target.indexOf('?');
    int end = question < 0 ? target.length() : question;
    if (end == 0 || target.charAt(0) != '/') {
      return OTHER;
    }
    if (end == 1) {
      return SERVICES;
    }
    if (target.charAt(1) == '_') {
      boolean waits = question >= 0 && target.indexOf("_wait=", question) > 0;
      Route route = OPERATIONS.getOrDefault(target.substring(0, end), OTHER);
      return waits && route == DELTAS ? DELTAS_WAIT : route;
    }
    int slash = target.indexOf('/', 1);
    return slash < 0 || slash >= end ? SERVICE : INSTANCE;
  }

  /** The route of a request that has waited. */
  Route waited() {
    return this == DELTAS ? DELTAS_WAIT : WAIT;
  }
}
