package io.hera.access;

/** One thing that an identity is allowed to do. */
public sealed interface Permission {
  /** To read some services. */
  record Read(ServicePattern services) implements Permission {}

  /** To write some services, and to read them. */
  record Write(ServicePattern services) implements Permission {}

  /** What concerns no single service. */
  enum Ability implements Permission {
    /** To scrape the metrics. */
    METRICS,
    /** To see the state of the node, to read everything, and to scrape the metrics. */
    OPERATE,
    /** To exchange entries as a node of the cluster. */
    PEER
  }
}
