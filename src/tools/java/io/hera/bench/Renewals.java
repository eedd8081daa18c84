package io.hera.bench;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Heartbeats of the instances of one service, at one node and at a constant rate. Each document
 * differs in {@code updated_at} only. Some instances of the service do not renew themselves, and
 * live for a day.
 */
final class Renewals implements AutoCloseable {
  /** Instances that do not renew themselves; their ids are {@code i-0} and so on. */
  static final int STILL = 10;

  private static final int CONNECTIONS = 64;
  /** Heartbeats, as fast as possible, until most code is compiled. */
  private static final long WARM_UP = 300_000;

  /** Time at the measured rate, until the CPU time per heartbeat is stable. */
  private static final long SETTLING_SECONDS = 30;

  private static final String DOCUMENT =
      "{\"ip\":\"10.1.%d.%d\",\"port\":8080,\"zone\":\"eu-1\",\"version\":\"1.2.3\",\"updated_at\":%d}";

  private static final String PUT =
      "PUT /%s/i-%d%s HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: %d\r\n\r\n%s";

  private final Subject node;
  private final String service;
  private final int instances;
  private final long perSecond;
  private final OpenLoop loop;
  private long sent;

  Renewals(Subject node, String service, int instances, long perSecond) {
    this.node = node;
    this.service = service;
    this.instances = instances;
    this.perSecond = perSecond;
    this.loop = new OpenLoop(List.of(node.port), CONNECTIONS, instances);
  }

  /** The CPU of the node for heartbeats, and their 99th percentile of latency. */
  record Cost(double cores, double p99Millis, long refused) {}

  /** Registers all instances. */
  void register() {
    check(loop.flood(n -> put(n, 0, "?ttl=24h"), STILL + instances).refused());
  }

  /** Renews until the node is warm. */
  void warmUp() throws IOException {
    OpenLoop.Result result = Progress.saying(
        () -> "warming up: %,d of %,d heartbeats".formatted(loop.answered(), WARM_UP),
        () -> loop.flood(this::heartbeat, WARM_UP));
    check(result.refused());
    sent = WARM_UP;
    check(run("warming up at the rate", SETTLING_SECONDS).refused());
  }

  private static void check(long refused) {
    if (refused > 0) {
      throw new IllegalStateException(refused + " registrations were refused");
    }
  }

  /** Renews for a number of seconds. */
  Cost run(String what, long seconds) throws IOException {
    long first = sent;
    long count = perSecond * seconds;
    sent += count;
    Duration before = node.cpu();
    OpenLoop.Result result = Progress.saying(
        () -> "%s: %,d of %,d heartbeats".formatted(what, loop.answered(), count),
        () -> loop.run(n -> heartbeat(first + n), perSecond, count));
    double used = node.cpu().minus(before).toNanos() / 1e9;
    return new Cost(used / result.seconds(), result.millis(99), result.refused());
  }

  @Override
  public void close() {
    loop.close();
  }

  private Buffer heartbeat(long n) {
    return put(STILL + n % instances, n, "");
  }

  private Buffer put(long instance, long updatedAt, String query) {
    String document = DOCUMENT.formatted(instance / 250 % 250, instance % 250, updatedAt);
    return Buffer.buffer(PUT.formatted(service, instance, query, document.length(), document));
  }
}
