package io.hera.store;

import io.hera.registry.Checksum;
import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.registry.Registry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What peers are answered. Owned by {@link StoreVerticle}.
 *
 * <p>Those that wait are told at the same moments, {@link WriteNotifier} says when: who has all that was told before gets nothing in
 * between. So they come to be equally far, ask the same, and share one answer, which is then written down and compressed once
 * for all of them.
 */
final class DeltaResponses {
  /** The ages in a shared answer are too small by as much. */
  private static final long SHARED_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(5);

  private final Registry registry;
  private final WriteNotifier written;
  private final Set<String> ownName;
  private final LongSupplier monotonicNanos;
  private @Nullable Last last;

  DeltaResponses(
      Registry registry, WriteNotifier written, String ownName, LongSupplier monotonicNanos) {
    this.registry = registry;
    this.written = written;
    this.ownName = Set.of(ownName);
    this.monotonicNanos = monotonicNanos;
  }

  /** The last answer to one who waits for own news alone. */
  private record Last(Digest digest, int pageBytesMax, long nanos, DeltaResponse answered) {
    /** One without news serves nobody: there may be some by now. */
    boolean serves(DeltaRequest asked, long now) {
      return !answered.delta().origins().isEmpty()
          && digest.equals(asked.digest())
          && pageBytesMax == asked.pageBytesMax()
          && now - nanos <= SHARED_NANOS_MAX;
    }
  }

  DeltaResponse answer(DeltaRequest asked, long livenessMillis) {
    if (!isForOwnNews(asked)) {
      Map<String, Checksum> checksums =
          asked.checked() ? registry.checksums(asked.digest()) : Map.of();
      return new DeltaResponse(delta(asked), livenessMillis, checksums);
    }
    long horizon = asked.digest().horizons().values().iterator().next();
    if (written.toBeTold(horizon)) {
      return new DeltaResponse(new Delta(List.of()), livenessMillis, Map.of());
    }
    long now = monotonicNanos.getAsLong();
    Last before = last;
    if (before == null || !before.serves(asked, now)) {
      before = new Last(
          asked.digest(),
          asked.pageBytesMax(),
          now,
          new DeltaResponse(delta(asked), livenessMillis, Map.of()));
      last = before;
    }
    return before.answered;
  }

  private boolean isForOwnNews(DeltaRequest asked) {
    return asked.waits()
        && !asked.checked()
        && asked.dialect() == Dialect.V2
        && asked.digest().horizons().keySet().equals(ownName);
  }

  private Delta delta(DeltaRequest asked) {
    return registry.delta(asked.digest(), asked.dialect(), asked.pageBytesMax());
  }
}
