package io.hera.access;

import io.hera.access.Permission.Ability;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * All that an identity may do: the union of its permissions and of those that they imply. Immutable.
 *
 * @param reads the services that it may read
 * @param writes the services that it may write
 * @param abilities what else it may do
 */
public record Grants(ServiceSet reads, ServiceSet writes, Set<Ability> abilities) {
  /** Nothing. */
  public static final Grants NONE = of(List.of());

  /** Everything, as long as access is not limited. */
  static final Grants EVERYTHING =
      new Grants(ServiceSet.ALL, ServiceSet.ALL, EnumSet.allOf(Ability.class));

  public Grants {
    abilities = Set.copyOf(abilities);
  }

  /** Returns what these permissions allow together. */
  public static Grants of(Collection<Permission> permissions) {
    List<ServicePattern> reads = new ArrayList<>();
    List<ServicePattern> writes = new ArrayList<>();
    Set<Ability> abilities = EnumSet.noneOf(Ability.class);
    for (Permission permission : permissions) {
      if (permission instanceof Permission.Read read) {
        reads.add(read.services());
      } else if (permission instanceof Permission.Write write) {
        reads.add(write.services());
        writes.add(write.services());
      } else if (permission instanceof Ability ability) {
        abilities.add(ability);
      }
    }
    if (abilities.contains(Ability.OPERATE)) {
      reads.add(ServicePattern.ALL);
      abilities.add(Ability.METRICS);
    }
    return new Grants(ServiceSet.of(reads), ServiceSet.of(writes), abilities);
  }

  /** Returns whether it may do this. */
  public boolean has(Ability ability) {
    return abilities.contains(ability);
  }
}
