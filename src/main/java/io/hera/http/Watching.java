package io.hera.http;

import io.hera.store.page.Selection;

/** How clients watch for changes, as lookups see it. One per HTTP verticle. */
public interface Watching {
  /** Replies with a stream of events: a snapshot of the instances selected, then their changes, when it is as quiet as wanted. */
  void stream(Exchange exchange, Selection selection, Quiet quiet);

  /** Repeats a read after changes of its subject until it has replied or about {@link Patience#waitMillis} have passed. */
  void repeat(RepeatedRead read, Patience patience);
}
