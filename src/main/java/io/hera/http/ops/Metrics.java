package io.hera.http.ops;

import io.hera.http.RequestCounters;
import io.hera.store.StoreStatus;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a node measures of itself, for Prometheus. One per node; any thread may scrape it.
 *
 * <p>Nothing is measured for its sake: {@link RequestCounters} and the store count in any case, and are read when somebody scrapes. Until
 * somebody does, Micrometer is not even loaded.
 */
public final class Metrics {
  /** Of the text that {@link #scrape} gives. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final MetricFamilies families;
  private final AtomicReference<@Nullable PrometheusMeterRegistry> registry =
      new AtomicReference<>();

  private volatile @Nullable StoreStatus status;

  /** The metrics of the node of which {@code counters} counts what it is asked. */
  public Metrics(RequestCounters counters, String node, String version) {
    this.families = new MetricFamilies(counters, node, version);
  }

  /** All metrics as text. Takes milliseconds, the first time much longer: not to be called on an event loop. */
  String scrape(StoreStatus now) {
    status = now;
    PrometheusMeterRegistry made = registry.get();
    if (made == null) {
      registry.compareAndSet(null, make());
      made = registry.get();
    }
    return Objects.requireNonNull(made).scrape();
  }

  private PrometheusMeterRegistry make() {
    PrometheusMeterRegistry made = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(made);
    new JvmThreadMetrics().bindTo(made);
    new FileDescriptorMetrics().bindTo(made);
    made.getPrometheusRegistry().register(() -> families.of(Objects.requireNonNull(status)));
    return made;
  }
}
