package io.hera.http;

import io.hera.store.page.Selection;

/** How clients watch for changes, as lookups see it. One per HTTP verticle. */
public interface Watching {
  /** Replies with a stream of events: a snapshot of the instances selected, then their changes. */
  void stream(Exchange exchange, Selection selection);

  /** Repeats a read after each change of its subject until it has replied or about {@code waitMillis} have passed. */
  void repeat(RepeatedRead read, long waitMillis);
}
