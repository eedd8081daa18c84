package io.hera.cli;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * How to run a node.
 *
 * @param settings the settings given as options, under the keys of a configuration's options
 * @param arguments the arguments for Vert.x's launcher
 */
public record Launch(JsonObject settings, List<String> arguments) {
  public Launch {
    arguments = List.copyOf(arguments);
  }

  /** Returns whether the launcher gets settings of its own. */
  public boolean hasConf() {
    return arguments.contains("--conf");
  }

  /** Returns whether the node is to join an event-bus cluster. */
  public boolean clustered() {
    return arguments.contains("--cluster");
  }
}
