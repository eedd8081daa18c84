package io.hera.dns;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.xbill.DNS.Type;

/**
 * Some instances that a name stands for, and their records by type. Immutable.
 *
 * @param ports the SRV records
 * @param v4 A records, each address once
 * @param v6 AAAA records, each address once
 * @param texts TXT records
 * @param aliases the instances whose host is a name; only if none has an address
 */
record Group(List<Rr> ports, List<Rr> v4, List<Rr> v6, List<Rr> texts, List<Target> aliases) {
  /** Returns the group of these instances, of which there is at least one. */
  static Group of(List<Target> targets, Function<Target, Optional<Rr>> port) {
    List<Rr> addresses = distinct(targets);
    return new Group(
        targets.stream().map(port).flatMap(Optional::stream).toList(),
        ofType(addresses, Type.A),
        ofType(addresses, Type.AAAA),
        targets.stream().map(Target::text).toList(),
        addresses.isEmpty() ? List.copyOf(targets) : List.of());
  }

  /** Returns the same instances with their SRV records only. */
  Group byPort() {
    return new Group(ports, List.of(), List.of(), List.of(), List.of());
  }

  private static List<Rr> distinct(List<Target> targets) {
    Map<ByteBuffer, Rr> distinct = new LinkedHashMap<>();
    targets.forEach(target -> target
        .address()
        .ifPresent(address -> distinct.putIfAbsent(ByteBuffer.wrap(address.rdata()), address)));
    return List.copyOf(distinct.values());
  }

  private static List<Rr> ofType(List<Rr> records, int type) {
    return records.stream().filter(record -> record.type() == type).toList();
  }

  /** Returns the records of a type, in no particular order. */
  List<Rr> records(int type, RandomGenerator random) {
    return switch (type) {
      case Type.SRV -> ports;
      case Type.A -> v4.isEmpty() ? alias(random) : v4;
      case Type.AAAA -> v6.isEmpty() ? alias(random) : v6;
      case Type.TXT -> texts;
      case Type.ANY -> List.of(Rdata.ANY);
      default -> List.of();
    };
  }

  /** Returns one alias, chosen by weight: a name has at most one. */
  private List<Rr> alias(RandomGenerator random) {
    int sum = aliases.stream().mapToInt(Target::weight).sum();
    int draw = sum == 0 ? 0 : random.nextInt(sum);
    List<Rr> chosen = new ArrayList<>(1);
    for (Target target : aliases) {
      if (draw < target.weight() || sum == 0) {
        target.alias().ifPresent(chosen::add);
        break;
      }
      draw -= target.weight();
    }
    return chosen;
  }
}
