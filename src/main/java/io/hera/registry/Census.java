package io.hera.registry;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what a registry holds, for operators and metrics. Owned by {@link Registry}. */
record Census(
    Membership membership,
    OwnOrigin own,
    View view,
    Slots slots,
    Expiry expiry,
    Checksums checksums,
    Drains drains,
    Refusals refusals,
    TurnClock time) {
  RegistryStats take() {
    Map<String, RegistryStats.OriginStats> origins = new TreeMap<>();
    for (Replica replica : membership.replicas()) {
      Checksum checksum = checksums.of(replica);
      origins.put(
          replica.origin,
          new RegistryStats.OriginStats(
              replica.size(), checksum, replica.divergences(), frozen(replica.horizon.freeze())));
    }
    return new RegistryStats(
        own.recovering(),
        view.instanceCount(),
        view.restoredCount(),
        view.serviceCount(),
        drains.stats(),
        slots.tombstones(),
        slots.bytes(),
        expiry.expired(),
        checksums.divergedViews(),
        origins,
        Map.copyOf(own.claims()),
        refusals.counts(),
        view.silences().stats(),
        view.content(),
        time.nowMillis());
  }

  private static Optional<RegistryStats.Frozen> frozen(Freeze freeze) {
    return freeze.frozen()
        ? Optional.of(new RegistryStats.Frozen(freeze.sinceMillis(), freeze.reason()))
        : Optional.empty();
  }
}
