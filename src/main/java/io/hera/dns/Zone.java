package io.hera.dns;

import io.hera.dns.Asked.Part;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.xbill.DNS.Name;

/**
 * The names below the domain, and what they mean. Immutable; asks {@link Names} for the services.
 *
 * <pre>
 * SERVICE.service            TAG.SERVICE.service            i-ID.SERVICE.service
 * _SERVICE._tcp.service      _PORT._tcp.SERVICE.service     NODE.node     ns
 * </pre>
 *
 * <p>The first four also end in {@code .service.ZONE.zone}. A service may have dots: the longest service that a name ends in counts.
 * A name that others end in exists, though it has no records. Resolvers that ask label by label, or conclude from a missing name
 * that nothing is below it (RFC 8020), would otherwise find nothing.
 */
final class Zone {
  private static final String SERVICE = "service";
  private static final String ZONE = "zone";
  private static final String NODE = "node";
  private static final String NS = "ns";
  private static final Set<String> PROTOCOLS = Set.of("_tcp", "_udp");
  private static final Asked EMPTY = new Asked.Empty();
  private static final Asked UNKNOWN = new Asked.Unknown();

  private final List<String> domain;
  private final Names names;

  /** The names below a domain. */
  Zone(Name domain, Names names) {
    this.domain = Labels.of(domain);
    this.names = names;
  }

  /** Returns what a name in a question means. */
  Asked asked(Name name) {
    List<String> labels = Labels.of(name);
    int depth = labels.size() - domain.size();
    if (depth < 0 || !labels.subList(depth, labels.size()).equals(domain)) {
      return new Asked.Foreign();
    }
    return depth == 0 ? new Asked.Apex() : below(labels.subList(0, depth));
  }

  private Asked below(List<String> labels) {
    int last = labels.size() - 1;
    List<String> before = labels.subList(0, last);
    return switch (labels.get(last)) {
      case SERVICE -> service(before, Optional.empty());
      case ZONE -> zone(before);
      case NODE -> before.isEmpty() ? EMPTY : new Asked.OneNode(Labels.key(before));
      case NS -> before.isEmpty() ? new Asked.NameServer() : UNKNOWN;
      default -> UNKNOWN;
    };
  }

  /** A zone may have dots, too. Which zones there are is only known per service, so each name of a zone exists. */
  private Asked zone(List<String> labels) {
    int at = labels.subList(0, Math.max(labels.size() - 1, 0)).lastIndexOf(SERVICE);
    if (at < 0) {
      return EMPTY;
    }
    String zone = Labels.key(labels.subList(at + 1, labels.size()));
    return service(labels.subList(0, at), Optional.of(zone));
  }

  private Asked service(List<String> labels, Optional<String> zone) {
    if (labels.isEmpty()) {
      return EMPTY;
    }
    Asked otherwise = names.isAbove(labels) ? EMPTY : UNKNOWN;
    Optional<String> exact = names.service(labels);
    if (exact.isPresent()) {
      return new Asked.Instances(exact.get(), new Part.All(), zone, otherwise);
    }
    return labels.get(labels.size() - 1).startsWith("_")
        ? underscored(labels, zone, otherwise)
        : prefixed(labels, zone, otherwise);
  }

  /** Reads {@code _SERVICE._tcp}; another word than the protocols is a tag. The last label of a service may begin so, too. */
  private Asked underscored(List<String> labels, Optional<String> zone, Asked otherwise) {
    List<String> before = labels.subList(0, labels.size() - 1);
    String word = labels.get(labels.size() - 1);
    if (before.isEmpty()) {
      return EMPTY;
    }
    Asked none = names.isAbove(before) ? EMPTY : otherwise;
    Part part =
        PROTOCOLS.contains(word) ? new Part.AllByPort() : new Part.Tagged(word.substring(1));
    return withoutUnderscore(before)
        .flatMap(names::service)
        .<Asked>map(service -> new Asked.Instances(service, part, zone, none))
        .orElseGet(() -> prefixed(labels, zone, none));
  }

  private static Optional<List<String>> withoutUnderscore(List<String> labels) {
    String first = labels.get(0);
    if (!first.startsWith("_") || first.length() == 1) {
      return Optional.empty();
    }
    return Optional.of(
        Stream.concat(Stream.of(first.substring(1)), labels.subList(1, labels.size()).stream())
            .toList());
  }

  /** Reads the labels before the longest service that the labels end in. */
  private Asked prefixed(List<String> labels, Optional<String> zone, Asked otherwise) {
    for (int i = 1; i < labels.size(); i++) {
      Optional<String> service = names.service(labels.subList(i, labels.size()));
      if (service.isPresent()) {
        return prefix(labels.subList(0, i), service.get(), zone, otherwise);
      }
    }
    return otherwise;
  }

  private static Asked prefix(
      List<String> labels, String service, Optional<String> zone, Asked otherwise) {
    String first = labels.get(0);
    boolean isProtocol = PROTOCOLS.contains(labels.get(labels.size() - 1));
    if (labels.size() == 2 && isProtocol && first.startsWith("_")) {
      Part part = new Part.WithPort(first.substring(1));
      return new Asked.Instances(service, part, zone, otherwise);
    } else if (labels.size() == 1) {
      return isProtocol
          ? EMPTY
          : new Asked.Instances(service, new Part.Labelled(first), zone, otherwise);
    }
    return otherwise;
  }
}
