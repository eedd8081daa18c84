package io.hera.cli.instances;

import io.hera.cli.nodes.InstanceName;
import io.hera.wire.Percent;
import java.util.List;
import java.util.StringJoiner;

/**
 * Which instances of a service a command asks for.
 *
 * @param target path and query of the request
 */
record InstanceQuery(InstanceName name, String target) {
  /** Whether instances that drains hide are listed. */
  enum Drained {
    HIDDEN,
    LISTED
  }

  static InstanceQuery of(String service, List<String> matches, Drained drained) {
    InstanceName name = InstanceName.parse(service);
    if (name.id().isPresent()) {
      throw new IllegalArgumentException(
          name + " is an instance: hera get " + name + " prints its document");
    }
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    for (String match : matches) {
      int colon = match.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("--match: " + match + " is not K:V, such as zone:ams");
      }
      query.add("match=" + Percent.encode(match.substring(0, colon)) + ":"
          + Percent.encode(match.substring(colon + 1)));
    }
    if (drained == Drained.LISTED) {
      query.add("all");
    }
    return new InstanceQuery(name, name.path() + query);
  }
}
