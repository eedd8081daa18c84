package io.hera.http.ops;

import io.hera.http.AccessControl;
import io.hera.http.RequestCounters;
import io.hera.store.Histogram;
import io.hera.wire.NodeStatus;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a node measures of itself, as text for Prometheus. One per node; any thread may scrape it.
 *
 * <p>Nothing is measured for the sake of a scrape: the store, {@link RequestCounters} and the event loops count anyway, and are read when metrics are
 * scraped. Micrometer, which reads the JVM, is not loaded before the first scrape.
 */
public final class Metrics {
  /** The type of the text that {@link #scrape} returns. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final MetricFamilies families;
  private final AtomicReference<@Nullable PrometheusMeterRegistry> jvm = new AtomicReference<>();

  /**
   * The metrics of a node whose requests {@code counters} counts.
   *
   * @param turns the times of the turns of each event loop
   */
  public Metrics(
      RequestCounters counters,
      AccessControl access,
      Supplier<List<Histogram>> turns,
      ReplyMemory replies) {
    this.families = new MetricFamilies(counters, access, turns, replies);
  }

  /**
   * Returns all metrics. Takes milliseconds, the first time much longer: not to be called on an event loop.
   *
   * @param propagation from a write at another node until it was merged here
   */
  byte[] scrape(NodeStatus status, Histogram propagation) throws IOException {
    List<MetricSnapshot> all = new ArrayList<>(families.of(status, propagation));
    jvm().getPrometheusRegistry().scrape().forEach(all::add);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, new MetricSnapshots(all));
    return text.toByteArray();
  }

  private PrometheusMeterRegistry jvm() {
    if (jvm.get() == null) {
      jvm.compareAndSet(null, make());
    }
    return Objects.requireNonNull(jvm.get());
  }

  private static PrometheusMeterRegistry make() {
    PrometheusMeterRegistry made = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(made);
    new JvmThreadMetrics().bindTo(made);
    new FileDescriptorMetrics().bindTo(made);
    return made;
  }
}
