package io.hera.cli.instances;

import io.hera.cli.nodes.Ask;
import io.hera.cli.nodes.InstanceName;
import io.hera.wire.Percent;
import java.util.Optional;

/**
 * What a drain selects.
 *
 * @param target path, and the query that belongs to the selection
 * @param text for people
 */
record DrainTarget(String target, String text) {
  /** Whether a node is to set a drain that it would refuse. */
  enum Force {
    YES,
    NO
  }

  static DrainTarget of(Optional<String> name, Optional<String> match) {
    if (name.isPresent()) {
      InstanceName parsed = InstanceName.parse(name.get());
      return new DrainTarget("/_drain" + parsed.path(), parsed.toString());
    }
    String member = match.orElseThrow();
    int colon = member.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(
          "--match: " + member + " is not K:V, such as host:10.1.1.7");
    }
    String query = Percent.encode(member.substring(0, colon)) + ":"
        + Percent.encode(member.substring(colon + 1));
    return new DrainTarget("/_drain/*?match=" + query, "each instance with " + member);
  }

  Ask undo() {
    return Ask.delete(target);
  }

  Ask set(Optional<String> time, Force force, byte[] body) {
    StringBuilder query = new StringBuilder(target);
    time.ifPresent(text -> parameter(query, "for=" + Percent.encode(text)));
    if (force == Force.YES) {
      parameter(query, "force");
    }
    return Ask.put(query.toString(), body);
  }

  private static void parameter(StringBuilder query, String parameter) {
    query.append(query.indexOf("?") < 0 ? '?' : '&').append(parameter);
  }
}
