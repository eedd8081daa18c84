package io.hera.http;

import io.hera.registry.Key;
import io.hera.store.page.Subject;
import io.hera.wire.Problem;

/** What a request target names. Parsed once per request, by {@link TargetParser}. */
public sealed interface Target {
  /** Returns the query; empty if there is none. */
  default Query query() {
    return Query.EMPTY;
  }

  /** {@code /}. */
  record AllServices(Query query) implements Target {}

  /** {@code /<service>}. */
  record OneService(Subject.Service service, Query query) implements Target {}

  /** {@code /<service>/<id>}. */
  record OneInstance(Key key, Query query) implements Target {}

  /**
   * Anything else under {@code /_}.
   *
   * @param path raw: the router decodes and normalises it
   */
  record Operation(String path, Query query) implements Target {}

  /**
   * {@code /_ui} and anything under it: the page for browsers.
   *
   * @param path what follows {@code /_ui}, raw: a key of the files of the page and no route, so that no dot and no escape leads elsewhere
   */
  record Page(String path, Query query) implements Target {}

  /**
   * A path of Eureka, at a node that serves its clients.
   *
   * @param path what follows the prefix, raw
   */
  record Eureka(String path, Query query) implements Target {}

  /** {@code *}: the server itself (RFC 9112, 3.2.4). */
  record Asterisk() implements Target {}

  /**
   * Anything else.
   *
   * @param segments of the path: 1 if a service was meant, 2 if an instance was, 0 if it is not a path
   */
  record Malformed(Problem problem, int segments) implements Target {}
}
