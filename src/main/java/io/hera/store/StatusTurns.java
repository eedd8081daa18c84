package io.hera.store;

import io.hera.registry.Registry;
import io.hera.registry.RegistryStats;
import java.util.function.LongSupplier;

/** Collects what the parts of the store know for operators. Owned by {@link StoreTurns}. */
record StatusTurns(
    Registry registry,
    RegistryWrites writes,
    PeerTurns peers,
    HistoryRecorder history,
    LongSupplier monotonicNanos) {
  StoreStatus status() {
    RegistryStats stats = registry.stats();
    return new StoreStatus(
        stats,
        registry.clock(),
        monotonicNanos.getAsLong() / 1_000_000,
        writes.accepted(),
        peers.lags(stats),
        peers.conflicts(),
        peers.identities().refused(),
        peers.identities().foreign(),
        peers.settingsDiffer(),
        peers.propagation(),
        history.status());
  }
}
