package io.hera.http;

import io.hera.access.Need;
import io.hera.access.Permission.Ability;
import io.hera.wire.ProblemException;
import java.util.List;
import java.util.Optional;

/** What a client must be allowed to do before an {@link Endpoint} serves it, as long as access is limited. */
public enum Right {
  /** Nothing: anyone who reaches the port is served, whatever it proves. */
  NONE {
    @Override
    Need need(Target target) {
      return Need.General.NOTHING;
    }
  },
  /** Nothing, but a proof must be valid if there is one. */
  ANYONE {
    @Override
    Need need(Target target) {
      return Need.General.ANYONE;
    }
  },
  /** To be known: of requests that are refused even to clients that may do everything. */
  KNOWN {
    @Override
    Need need(Target target) {
      return Need.General.KNOWN;
    }
  },
  /** To read the service in the path. */
  READ {
    @Override
    Need need(Target target) {
      return new Need.Read(service(target));
    }
  },
  /** To read the service that the path of an operation names. */
  READ_BELOW {
    @Override
    Need need(Target target) {
      return below(target).<Need>map(Need.Read::new).orElse(Need.General.KNOWN);
    }
  },
  /** To read the service that the path of an operation names, or to be a node that a reader has asked. */
  SEE_BELOW {
    @Override
    Need need(Target target) {
      return below(target).<Need>map(Need.SeeEntries::new).orElse(Need.General.KNOWN);
    }
  },
  /** To read any service: the reply shows only what the client may read. */
  READ_SOME {
    @Override
    Need need(Target target) {
      return Need.General.READ_SOME;
    }
  },
  /** To read the service that the query names; any if it names none. */
  READ_NAMED {
    @Override
    Need need(Target target) {
      return named(target).<Need>map(Need.Read::new).orElse(Need.General.READ_SOME);
    }
  },
  /** To read each service that the query names; any if it names none. */
  READ_EACH {
    @Override
    Need need(Target target) {
      List<String> services = services(target);
      return services.isEmpty() ? Need.General.READ_SOME : new Need.ReadEach(services);
    }
  },
  /** To write the service in the path. */
  WRITE {
    @Override
    Need need(Target target) {
      return new Need.Write(service(target));
    }
  },
  /** To write the service that an application of Eureka is. */
  WRITE_APP {
    @Override
    Need need(Target target) {
      return app(target).<Need>map(Need.Write::new).orElse(Need.General.KNOWN);
    }
  },
  /** To write any service: the endpoint leaves out what the client may not write. */
  WRITE_SOME {
    @Override
    Need need(Target target) {
      return Need.General.WRITE_SOME;
    }
  },
  /** To scrape the metrics. */
  METRICS {
    @Override
    Need need(Target target) {
      return new Need.Able(Ability.METRICS);
    }
  },
  /** To see the state of the node, as an operator or as a node that an operator has asked. */
  STATE {
    @Override
    Need need(Target target) {
      return Need.General.SEE_STATE;
    }
  },
  /** To operate the node. */
  OPERATE {
    @Override
    Need need(Target target) {
      return new Need.Able(Ability.OPERATE);
    }
  },
  /** To exchange entries as a node, or to see them as an operator. */
  PEER {
    @Override
    Need need(Target target) {
      return Need.General.SEE_ENTRIES;
    }
  };

  /** Returns what a request for this target needs. */
  abstract Need need(Target target);

  private static String service(Target target) {
    if (target instanceof Target.OneInstance one) {
      return one.key().service();
    } else if (target instanceof Target.OneService one) {
      return one.service().name();
    }
    throw new IllegalStateException("the path of the endpoint has no service");
  }

  /** A query that cannot be read names no service, and is refused later. */
  private static List<String> services(Target target) {
    try {
      return target.query().services();
    } catch (ProblemException malformed) {
      return List.of();
    }
  }

  /** The same, of an endpoint whose query names one service at most. */
  private static Optional<String> named(Target target) {
    try {
      return target.query().service();
    } catch (ProblemException malformed) {
      return Optional.empty();
    }
  }

  /** A path that cannot be read names no application, and is refused later. */
  private static Optional<String> app(Target target) {
    try {
      return EurekaPath.of(target).service();
    } catch (ProblemException malformed) {
      return Optional.empty();
    }
  }

  /** A path that cannot be read names no service, and is refused later. */
  private static Optional<String> below(Target target) {
    try {
      return Optional.of(PathNames.of(target).service());
    } catch (ProblemException malformed) {
      return Optional.empty();
    }
  }
}
