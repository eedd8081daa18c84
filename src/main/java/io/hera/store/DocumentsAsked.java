package io.hera.store;

import io.hera.registry.View;
import java.util.List;

/**
 * A question for the instances of some services.
 *
 * @param extent whether those that drains hide are wanted too
 */
public record DocumentsAsked(List<String> services, View.Extent extent) {
  /** The store answers for so many in one turn. */
  private static final int SERVICES_MAX = 1_000;

  public DocumentsAsked {
    services = List.copyOf(services);
  }

  /** Asks for the next of {@code services}, from this index on. */
  public static DocumentsAsked next(List<String> services, int from, View.Extent extent) {
    int to = Math.min(services.size(), from + SERVICES_MAX);
    return new DocumentsAsked(services.subList(from, to), extent);
  }
}
