package io.hera.cli.watch;

import io.hera.cli.nodes.InstanceName;

/**
 * A change of an instance.
 *
 * @param why the word of the node for an end; {@link #UNSEEN} if it came while no node was followed
 * @param document the new one; of no length at an end
 */
record Happening(Kind kind, InstanceName name, String why, byte[] document) {
  /** The reason of an end that nothing has reported. */
  static final String UNSEEN = "gone";

  /** The kinds. */
  enum Kind {
    REGISTERED,
    UPDATED,
    ENDED
  }

  static Happening put(Kind kind, InstanceName name, byte[] document) {
    return new Happening(kind, name, "", document);
  }

  static Happening ended(InstanceName name, String why) {
    return new Happening(Kind.ENDED, name, why, new byte[0]);
  }

  /** Returns the word for it that the history of a node has, too. */
  String word() {
    return switch (kind) {
      case REGISTERED -> "registered";
      case UPDATED -> "updated";
      case ENDED -> why;
    };
  }
}
