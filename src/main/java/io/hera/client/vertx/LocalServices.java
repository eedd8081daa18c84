package io.hera.client.vertx;

import io.hera.client.Locality;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The services of a node in the same process. All equal addresses share one {@link LocalService}, which
 * stays for minutes after its last use, with its counters.
 */
final class LocalServices implements Services {
  static final Duration WARM = Duration.ofMinutes(5);

  private final Means means;
  private final Map<HeraAddress, LocalService> services = new ConcurrentHashMap<>();

  /**
   * The means to follow and balance.
   *
   * @param context of an event loop, by the maker of the resolver: services belong to it, and not to
   *     their first caller
   * @param nanos a monotonic clock
   * @param bits returns 64 random bits; any thread may ask
   */
  record Means(Context context, Locality place, LongSupplier nanos, LongSupplier bits) {}

  LocalServices(Means means) {
    this.means = means;
  }

  @Override
  public Followed follow(HeraAddress address) {
    return services.compute(address, (same, known) -> {
      LocalService service = known == null ? begun(address) : known;
      service.users.incrementAndGet();
      return service;
    });
  }

  private LocalService begun(HeraAddress address) {
    LocalService service = new LocalService(address, means, () -> left(address));
    service.begin();
    return service;
  }

  private void left(HeraAddress address) {
    services.computeIfPresent(address, (same, service) -> usedOrEnded(service));
  }

  private static @Nullable LocalService usedOrEnded(LocalService service) {
    if (service.users.get() > 0) {
      return service;
    }
    service.end();
    return null;
  }
}
