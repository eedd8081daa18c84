package io.hera.store;

import io.hera.registry.Asker;
import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.registry.Registry;
import io.hera.wire.Handshake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the answers to peers. Owned by {@link PeerTurns}.
 *
 * <p>Parked peers are notified together ({@link WriteNotifier}), and a peer that has everything of the last notification gets
 * nothing in between. So they converge on one horizon, send one digest and share one answer, which is then encoded and
 * compressed once.
 */
final class DeltaResponses {
  /** The oldest that a shared answer may be: the ages in it are too small by that much. */
  private static final long SHARED_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(5);

  private final Registry registry;
  private final WriteNotifier notifier;
  private final Set<String> ownName;
  private final LongSupplier monotonicNanos;
  private @Nullable Last last;
  /** The last request that waited and got nothing: what the peers that are parked now have asked. */
  private Optional<DeltaRequest> waiting = Optional.empty();

  DeltaResponses(
      Registry registry, WriteNotifier notifier, String ownName, LongSupplier monotonicNanos) {
    this.registry = registry;
    this.notifier = notifier;
    this.ownName = Set.of(ownName);
    this.monotonicNanos = monotonicNanos;
  }

  /** The last answer to a peer that waits for writes of the own origin alone. */
  private record Last(
      Digest digest, Dialect dialect, int pageBytesMax, long nanos, DeltaResponse response) {
    /** Returns whether it answers the request too. An empty answer does not: there may be a write by now. */
    boolean serves(DeltaRequest request, long now) {
      return !response.delta().origins().isEmpty()
          && digest.equals(request.target().digest())
          && dialect == request.dialect()
          && pageBytesMax == request.pageBytesMax()
          && now - nanos <= SHARED_NANOS_MAX;
    }
  }

  /** Answers a request; {@code member} is its sender if that is known (P9). */
  DeltaResponse answer(DeltaRequest request, Optional<String> member, long livenessMillis) {
    if (!waitsForOwnWrites(request)) {
      return pulled(request, member, livenessMillis);
    }
    DeltaResponse response = ownWrites(request, member, livenessMillis);
    if (response.delta().origins().isEmpty()) {
      waiting = Optional.of(request.repeated());
    }
    return response;
  }

  /**
   * Returns the notification of writes, with the answer to the peers that wait, which would ask for it one by one. It is made
   * once: if none of them takes it, the next notification comes without an answer.
   */
  Written written(long livenessMillis) {
    Optional<DeltaRequest> request = waiting;
    waiting = Optional.empty();
    return new Written(request
        .map(one -> new Written.Answer(one, ownWrites(one, Optional.empty(), livenessMillis)))
        .filter(answer -> !answer.response().delta().origins().isEmpty()));
  }

  private DeltaResponse ownWrites(
      DeltaRequest request, Optional<String> member, long livenessMillis) {
    Digest digest = request.target().digest();
    long horizon = digest.horizons().values().iterator().next();
    if (notifier.isPending(horizon)) {
      return new DeltaResponse(new Delta(List.of()), livenessMillis, Map.of());
    }
    long now = monotonicNanos.getAsLong();
    Last before = last;
    if (before == null || !before.serves(request, now)) {
      DeltaResponse response = new DeltaResponse(delta(request, member), livenessMillis, Map.of());
      before = new Last(digest, request.dialect(), request.pageBytesMax(), now, response);
      last = before;
    }
    return before.response;
  }

  /**
   * Returns the response to a pull, with checksums if the peer has asked for them. They are of the
   * entries that the delta was made from, so those that are due are purged before it.
   */
  private DeltaResponse pulled(DeltaRequest request, Optional<String> member, long livenessMillis) {
    boolean checks = request.target().checksums();
    if (checks) {
      registry.purgeForCheck();
    }
    Delta delta = delta(request, member);
    Map<String, Long> held = held(request);
    if (!checks) {
      return new DeltaResponse(delta, livenessMillis, held);
    }
    boolean view = request.claim().map(one -> comparesView(one.handshake())).orElse(false);
    return new DeltaResponse(
        delta,
        livenessMillis,
        held,
        registry.checksums().of(request.target().digest()),
        view ? registry.checksums().view() : Optional.empty());
  }

  /** A node that does not know drains shows more, if there are any (P18). */
  private boolean comparesView(Handshake peer) {
    return peer.can(Handshake.VIEW_RULE)
        && (peer.can(Handshake.DRAIN_RULE) || !registry.view().hasDrains());
  }

  private boolean waitsForOwnWrites(DeltaRequest request) {
    return request.waitMillis() > 0
        && !request.target().checksums()
        && request.dialect() != Dialect.V1
        && request.target().digest().horizons().keySet().equals(ownName);
  }

  /** A request that waits for writes names one origin on purpose, and gets no others. */
  private Map<String, Long> held(DeltaRequest request) {
    return request.dialect() != Dialect.V1 && request.waitMillis() == 0
        ? registry.held(request.target().digest())
        : Map.of();
  }

  private Delta delta(DeltaRequest request, Optional<String> member) {
    Asker asker = member
        .map(Asker::member)
        .or(() -> request.claim().map(claim -> Asker.claiming(claim.handshake().name())))
        .orElse(Asker.UNNAMED);
    return registry.delta(
        asker, request.target().digest(), request.dialect(), request.pageBytesMax());
  }
}
