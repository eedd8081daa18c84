package io.hera.store.history;

/** The cause of an event, as far as the node knows that reports it. */
public sealed interface Cause {
  /** Returns the word for it that clients read. */
  String kind();

  /** A client has written at this node. */
  record Client(Action action, String address, String identity) implements Cause {
    /** The write of an author. */
    public static Client of(Action action, Author author) {
      return new Client(action, author.address(), author.identity());
    }

    @Override
    public String kind() {
      return action.word();
    }
  }

  /** The kind of a client's write. */
  enum Action {
    PUT("put"),
    RENEW("renew"),
    DELETE("delete");

    private final String word;

    Action(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** A peer has answered. */
  record Gossip(String peer) implements Cause {
    @Override
    public String kind() {
      return "gossip";
    }
  }

  /** A peer that has everything of the origin does not have the entry, which came from a snapshot (P14). */
  record Absent(String peer) implements Cause {
    @Override
    public String kind() {
      return "absent";
    }
  }

  /**
   * Clients have not renewed registrations at this node, or have renewed them again.
   *
   * @param silent how many of the service's own shown instances are silent
   * @param shown how many there are
   * @param sinceMillis agreed unix time from which on most of them have been silent
   */
  record Silence(int silent, int shown, long sinceMillis) implements Cause {
    @Override
    public String kind() {
      return "silence";
    }
  }

  /**
   * An operator has drained the instance (P18).
   *
   * @param selector of the drain; empty of an event that an earlier version has written
   * @param reason perhaps empty
   * @param by the identity of the operator; empty without access control
   */
  record Drain(String selector, String reason, String by) implements Cause {
    @Override
    public String kind() {
      return "drain";
    }
  }

  /** A cause within the node. */
  enum Own implements Cause {
    /** The registration was not renewed in time. */
    EXPIRY("expiry"),
    /** The agreed time was corrected, and the entry was from the future (P3). */
    CLOCK("clock"),
    /** The entry that hid this one has ended, or a drain. */
    UNCOVERED("uncovered"),
    /** The node has become ready. */
    START("start");

    private final String word;

    Own(String word) {
      this.word = word;
    }

    @Override
    public String kind() {
      return word;
    }
  }
}
