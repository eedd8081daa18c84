package io.hera.registry;

import java.util.List;

/**
 * The silent registrations of a registry.
 *
 * @param instances of all services
 * @param services of which most are silent
 * @param worst the services with the most silent instances; before them, those of which most are
 *     silent
 * @param leftOut further services with silent instances
 */
public record SilentStats(int instances, int services, List<Silence> worst, int leftOut) {
  public SilentStats {
    worst = List.copyOf(worst);
  }
}
