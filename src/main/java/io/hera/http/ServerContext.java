package io.hera.http;

import io.hera.store.Readiness;
import io.hera.tls.live.LiveTls;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What all HTTP verticles of a node share.
 *
 * @param node the node's name, which every reply gives
 * @param wall unix time, for the header Date
 * @param limits the limits in force; the node replaces them
 * @param guard tells requests for web pages from others; the node replaces its rules
 * @param tls empty if the node serves without TLS
 * @param access who may do what; the node replaces its rules
 * @param drain whether clients are to go to other nodes
 */
public record ServerContext(
    String node,
    Readiness readiness,
    RequestCounters counters,
    LongSupplier monotonicNanos,
    InstantSource wall,
    CurrentLimits limits,
    BytesInFlight inFlight,
    BrowserGuard guard,
    Optional<LiveTls> tls,
    AccessControl access,
    NodeDrain drain) {}
