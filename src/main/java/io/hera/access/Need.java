package io.hera.access;

import io.hera.access.Permission.Ability;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the sender of a request must be allowed to do before it is served. */
public sealed interface Need {
  /** Returns whether the caller may do it. */
  boolean isMet(Caller caller);

  /** Returns the permission as an access file has it, without the service; empty if none is needed. */
  String verb();

  /** Returns the service that it concerns. */
  default Optional<String> service() {
    return Optional.empty();
  }

  /** Returns the first part of it that the caller may not do; it is not met. */
  default Need lacking(Caller caller) {
    return this;
  }

  /** To read one service. */
  record Read(String name) implements Need {
    @Override
    public boolean isMet(Caller caller) {
      return caller.grants().reads().test(name);
    }

    @Override
    public String verb() {
      return "read";
    }

    @Override
    public Optional<String> service() {
      return Optional.of(name);
    }
  }

  /** To see the entries of one service: to read it, or to answer operators as a node. */
  record SeeEntries(String name) implements Need {
    @Override
    public boolean isMet(Caller caller) {
      return caller.grants().reads().test(name) || caller.grants().has(Ability.PEER);
    }

    @Override
    public String verb() {
      return "read";
    }

    @Override
    public Optional<String> service() {
      return Optional.of(name);
    }
  }

  /** To read each of these services. */
  record ReadEach(List<String> names) implements Need {
    public ReadEach {
      names = List.copyOf(names);
    }

    @Override
    public boolean isMet(Caller caller) {
      return names.stream().allMatch(caller.grants().reads());
    }

    @Override
    public String verb() {
      return "read";
    }

    @Override
    public Need lacking(Caller caller) {
      return names.stream()
          .filter(caller.grants().reads().negate())
          .findFirst()
          .<Need>map(Read::new)
          .orElse(this);
    }
  }

  /** To write one service. */
  record Write(String name) implements Need {
    @Override
    public boolean isMet(Caller caller) {
      return caller.grants().writes().test(name);
    }

    @Override
    public String verb() {
      return "write";
    }

    @Override
    public Optional<String> service() {
      return Optional.of(name);
    }
  }

  /** An ability. */
  record Able(Ability ability) implements Need {
    @Override
    public boolean isMet(Caller caller) {
      return caller.grants().has(ability);
    }

    @Override
    public String verb() {
      return ability.name().toLowerCase(Locale.ROOT);
    }
  }

  /** What concerns no single service and is more than one ability. */
  enum General implements Need {
    /** Nothing: anyone is served. */
    NOTHING {
      @Override
      public boolean isMet(Caller caller) {
        return true;
      }

      @Override
      public String verb() {
        return "";
      }
    },
    /** Nothing, but a proof must be valid if there is one. */
    ANYONE {
      @Override
      public boolean isMet(Caller caller) {
        return true;
      }

      @Override
      public String verb() {
        return "";
      }
    },
    /** To be known, whatever the caller may do: of requests that cannot be served anyway. */
    KNOWN {
      @Override
      public boolean isMet(Caller caller) {
        return !caller.isAnonymous();
      }

      @Override
      public String verb() {
        return "";
      }
    },
    /** To read any service. */
    READ_SOME {
      @Override
      public boolean isMet(Caller caller) {
        return !caller.grants().reads().isEmpty();
      }

      @Override
      public String verb() {
        return "read";
      }
    },
    /** To write any service. */
    WRITE_SOME {
      @Override
      public boolean isMet(Caller caller) {
        return !caller.grants().writes().isEmpty();
      }

      @Override
      public String verb() {
        return "write";
      }
    },
    /** To see the state of the node: as an operator, or as a node that one has asked. */
    SEE_STATE {
      @Override
      public boolean isMet(Caller caller) {
        return seesNodes(caller);
      }

      @Override
      public String verb() {
        return "operate";
      }
    },
    /** To see what peers see: as one of them, or as an operator. */
    SEE_ENTRIES {
      @Override
      public boolean isMet(Caller caller) {
        return seesNodes(caller);
      }

      @Override
      public String verb() {
        return "peer";
      }
    };

    private static boolean seesNodes(Caller caller) {
      return caller.grants().has(Ability.PEER) || caller.grants().has(Ability.OPERATE);
    }
  }
}
