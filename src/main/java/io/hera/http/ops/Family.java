package io.hera.http.ops;

import io.hera.store.Histogram;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Makes families of metrics: all readings of one name. */
final class Family {
  private Family() {}

  /** One line of a family. */
  record Reading(Labels labels, double value) {}

  static <T> List<Reading> readings(
      String label, Map<String, T> values, ToDoubleFunction<T> reading) {
    return values.entrySet().stream()
        .map(value ->
            new Reading(Labels.of(label, value.getKey()), reading.applyAsDouble(value.getValue())))
        .toList();
  }

  static MetricSnapshot gauge(String name, String help, long value) {
    return gauge(name, help, List.of(new Reading(Labels.EMPTY, (double) value)));
  }

  static MetricSnapshot gauge(String name, String help, List<Reading> readings) {
    GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
    readings.forEach(reading -> family.dataPoint(GaugeDataPointSnapshot.builder()
        .labels(reading.labels)
        .value(reading.value)
        .build()));
    return family.build();
  }

  static MetricSnapshot counter(String name, String help, long value) {
    return counter(name, help, List.of(new Reading(Labels.EMPTY, (double) value)));
  }

  /** Its text form ends in {@code _total}. */
  static MetricSnapshot counter(String name, String help, List<Reading> readings) {
    CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
    readings.forEach(reading -> family.dataPoint(CounterDataPointSnapshot.builder()
        .labels(reading.labels)
        .value(reading.value)
        .build()));
    return family.build();
  }

  static MetricSnapshot histogram(
      String name, String help, List<HistogramDataPointSnapshot> times) {
    HistogramSnapshot.Builder family = HistogramSnapshot.builder().name(name).help(help);
    times.forEach(family::dataPoint);
    return family.build();
  }

  static HistogramDataPointSnapshot times(Histogram times, Labels labels) {
    return HistogramDataPointSnapshot.builder()
        .labels(labels)
        .classicHistogramBuckets(ClassicHistogramBuckets.of(times.bounds(), times.counts()))
        .sum(times.sum())
        .build();
  }
}
