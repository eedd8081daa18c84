package io.hera.access;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The services that some patterns name. Immutable. Sets of the same patterns are equal, so one
 * result serves all that have the same.
 */
public final class ServiceSet implements Predicate<String> {
  /** All services. */
  public static final ServiceSet ALL = of(List.of(ServicePattern.ALL));

  private final Set<String> names;
  private final List<String> prefixes;
  private final boolean all;

  private ServiceSet(Set<String> names, List<String> prefixes) {
    this.names = Set.copyOf(names);
    this.prefixes = List.copyOf(prefixes);
    this.all = prefixes.contains("");
  }

  /** Returns the services that at least one of the patterns names. */
  public static ServiceSet of(Collection<ServicePattern> patterns) {
    Set<String> prefixes = names(patterns, ServicePattern.Match.PREFIX);
    Set<String> shortest = prefixes.stream()
        .filter(prefix ->
            prefixes.stream().noneMatch(other -> !other.equals(prefix) && prefix.startsWith(other)))
        .collect(Collectors.toCollection(TreeSet::new));
    Set<String> names = names(patterns, ServicePattern.Match.EXACT).stream()
        .filter(name -> shortest.stream().noneMatch(name::startsWith))
        .collect(Collectors.toSet());
    return new ServiceSet(names, List.copyOf(shortest));
  }

  private static Set<String> names(
      Collection<ServicePattern> patterns, ServicePattern.Match match) {
    return patterns.stream()
        .filter(pattern -> pattern.match() == match)
        .map(ServicePattern::name)
        .collect(Collectors.toSet());
  }

  /** Returns whether the service is in it. */
  @Override
  public boolean test(String service) {
    if (all || names.contains(service)) {
      return true;
    }
    for (String prefix : prefixes) {
      if (service.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether every service is in it, whatever its name. */
  public boolean isAll() {
    return all;
  }

  /** Returns whether no service can be in it. */
  public boolean isEmpty() {
    return names.isEmpty() && prefixes.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServiceSet set
        && names.equals(set.names)
        && prefixes.equals(set.prefixes);
  }

  @Override
  public int hashCode() {
    return 31 * names.hashCode() + prefixes.hashCode();
  }

  @Override
  public String toString() {
    return names + " " + prefixes;
  }
}
