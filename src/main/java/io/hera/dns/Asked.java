package io.hera.dns;

import java.util.Optional;

/** The thing that a name in a question means, before the instances are looked at. */
sealed interface Asked {
  /** A name of another domain. */
  record Foreign() implements Asked {}

  /** The domain itself. */
  record Apex() implements Asked {}

  /** The name server, which stands for all nodes. */
  record NameServer() implements Asked {}

  /**
   * A node.
   *
   * @param key of its labels
   */
  record OneNode(String key) implements Asked {}

  /** A name without records that has names below it. */
  record Empty() implements Asked {}

  /** A name that does not exist. */
  record Unknown() implements Asked {}

  /**
   * Instances of a service.
   *
   * @param zone key of the labels of the zone that they are in; empty for all zones
   * @param otherwise what the name means if there are no such instances
   */
  record Instances(String service, Part part, Optional<String> zone, Asked otherwise)
      implements Asked {}

  /** Which instances of a service. */
  sealed interface Part {
    /** All of them. */
    record All() implements Part {}

    /** All of them, by their SRV records only: RFC 2782. */
    record AllByPort() implements Part {}

    /** Those with a tag, by their SRV records only. */
    record Tagged(String tag) implements Part {}

    /** The one whose label this is, else those that have it as a tag. */
    record Labelled(String label) implements Part {}

    /** Those with a port of this name, by their SRV records only. */
    record WithPort(String port) implements Part {}
  }
}
