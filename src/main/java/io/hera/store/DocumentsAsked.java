package io.hera.store;

import io.hera.registry.View;
import java.util.List;

/**
 * A question for the instances of some services.
 *
 * @param extent whether those that drains hide are wanted too
 */
public record DocumentsAsked(List<String> services, View.Extent extent) {
  public DocumentsAsked {
    services = List.copyOf(services);
  }
}
