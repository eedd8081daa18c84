package io.hera.dns;

import io.hera.dns.Asked.Part;
import io.hera.dns.Target.Lack;
import io.hera.registry.InstanceStatus;
import io.hera.store.InstanceDocument;
import io.hera.wire.InstanceReading;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;

/**
 * All records of one service, made from its documents as they were at one moment. Immutable; any thread may make one. Owned by {@link
 * Sheets}.
 */
final class Sheet {
  /** More than any answer has room for; bounds the memory that one question can take. */
  private static final int INSTANCES_MAX = 20_000;
  /** A guess at the memory that an instance takes besides its text. */
  private static final int INSTANCE_BYTES = 1_000;

  private final List<Target> targets = new ArrayList<>();
  private final Map<String, Target> byLabel = new HashMap<>();
  private final Map<Lack, Integer> leftOut = new EnumMap<>(Lack.class);
  private final Optional<Group> all;
  private long bytes = INSTANCE_BYTES;

  /**
   * The records of a service.
   *
   * @param name of the service in DNS
   */
  Sheet(Name name, List<InstanceDocument> instances) {
    for (InstanceDocument instance : instances) {
      InstanceReading reading = InstanceReading.of(instance.document());
      if (reading.status() == InstanceStatus.SHOWN) {
        add(name, instance, reading);
      }
    }
    all = group(targets, Target::port);
  }

  private void add(Name name, InstanceDocument instance, InstanceReading reading) {
    try {
      Target.of(name, instance, reading).ifPresentOrElse(this::add, () -> count(Lack.NO_ADDRESS));
    } catch (NameTooLongException tooLong) {
      count(Lack.BAD_NAME);
    }
  }

  private void add(Target target) {
    if (targets.size() == INSTANCES_MAX) {
      count(Lack.TOO_MANY);
      return;
    }
    targets.add(target);
    byLabel.put(target.label(), target);
    bytes += INSTANCE_BYTES + target.text().rdata().length;
    if (target.port().isEmpty() && target.ports().isEmpty()) {
      count(Lack.NO_PORT);
    }
  }

  private void count(Lack lack) {
    leftOut.merge(lack, 1, Integer::sum);
  }

  /** Returns how many instances are left out, and why. */
  Map<Lack, Integer> leftOut() {
    return leftOut;
  }

  /** Returns about how much memory it takes. */
  long bytes() {
    return bytes;
  }

  /** Returns the instances of a part, in a zone if one is given; empty if there are none. */
  Optional<Group> group(Part part, Optional<String> zone) {
    if (part instanceof Part.All && zone.isEmpty()) {
      return all;
    }
    List<Target> within =
        zone.isEmpty() ? targets : filtered(targets, target -> target.zone().equals(zone.get()));
    if (part instanceof Part.All) {
      return group(within, Target::port);
    } else if (part instanceof Part.AllByPort) {
      return (zone.isEmpty() ? all : group(within, Target::port)).map(Group::byPort);
    } else if (part instanceof Part.Tagged tagged) {
      return group(filtered(within, target -> target.tags().contains(tagged.tag())), Target::port)
          .map(Group::byPort);
    } else if (part instanceof Part.WithPort named) {
      return named(within, named.port());
    }
    return labelled(within, ((Part.Labelled) part).label(), zone);
  }

  /** Returns the instance of a label, else those with the tag. */
  private Optional<Group> labelled(List<Target> within, String label, Optional<String> zone) {
    Target one = byLabel.get(label);
    if (one != null && (zone.isEmpty() || one.zone().equals(zone.get()))) {
      return group(List.of(one), any -> Optional.empty());
    }
    return group(filtered(within, target -> target.tags().contains(label)), Target::port);
  }

  private static Optional<Group> named(List<Target> within, String port) {
    return group(
            filtered(within, target -> target.port(port).isPresent()), target -> target.port(port))
        .map(Group::byPort);
  }

  private static List<Target> filtered(List<Target> targets, Predicate<Target> wanted) {
    return targets.stream().filter(wanted).toList();
  }

  private static Optional<Group> group(List<Target> targets, Function<Target, Optional<Rr>> port) {
    return targets.isEmpty() ? Optional.empty() : Optional.of(Group.of(targets, port));
  }
}
