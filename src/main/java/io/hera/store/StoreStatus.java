package io.hera.store;

import io.hera.registry.ClockStatus;
import io.hera.registry.RegistryStats;
import java.util.Map;

/**
 * What the store knows.
 *
 * @param monotonicMillis the node's clock, to make ages of times
 * @param clock the state of the node's clock (P15)
 * @param accepted writes of clients since the start
 * @param lags by name, by how much a peer was behind when it last asked, in milliseconds by origin that it has anything of
 * @param conflicts by name, see {@link PeerIdentities#conflicts}
 * @param exchangesRefused for a conflict of names
 * @param foreignExchanges refused for the name of the other cluster
 * @param settingsDiffer peer → for how many milliseconds its settings have differed (P17)
 * @param propagation from a write at another node until it was merged here
 * @param history the bounds of the history, and what it tells
 */
public record StoreStatus(
    RegistryStats registry,
    ClockStatus clock,
    long monotonicMillis,
    AcceptedWrites accepted,
    Map<String, Map<String, Long>> lags,
    Map<String, String> conflicts,
    long exchangesRefused,
    long foreignExchanges,
    Map<String, Long> settingsDiffer,
    Histogram propagation,
    HistoryStatus history) {}
