package io.hera.http;

import io.hera.wire.Percent;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether an operator has the clients of this node go to other nodes: it is not ready, and asks
 * clients to close their connections. Everything else goes on. Peers do not know of it, and it ends
 * with the process. One per node; any thread may use it.
 */
public final class NodeDrain {
  private static final Logger log = LoggerFactory.getLogger(NodeDrain.class);

  private final InstantSource wall;
  private final LongSupplier monotonicNanos;
  private final AtomicReference<Optional<Drain>> inForce = new AtomicReference<>(Optional.empty());

  /** A node that is not drained. */
  public NodeDrain(InstantSource wall, LongSupplier monotonicNanos) {
    this.wall = wall;
    this.monotonicNanos = monotonicNanos;
  }

  /**
   * A drain.
   *
   * @param by the identity of the operator
   * @param reason in the words of the operator; may be empty
   * @param sinceMillis unix time
   * @param untilMillis the same; empty if it does not end by itself
   * @param beganNanos when it began, monotonic
   * @param lastsMillis empty if it does not end by itself
   */
  public record Drain(
      String by,
      String reason,
      long sinceMillis,
      OptionalLong untilMillis,
      long beganNanos,
      OptionalLong lastsMillis) {
    long ageMillis(long nowNanos) {
      return TimeUnit.NANOSECONDS.toMillis(nowNanos - beganNanos);
    }
  }

  /** Drains the node; a drain in force is replaced. */
  public void begin(String by, String reason, OptionalLong lastsMillis) {
    long now = wall.millis();
    OptionalLong until = lastsMillis.isPresent()
        ? OptionalLong.of(now + lastsMillis.getAsLong())
        : OptionalLong.empty();
    inForce.set(
        Optional.of(new Drain(by, reason, now, until, monotonicNanos.getAsLong(), lastsMillis)));
    log.warn(
        "node drained by {} {}: clients are sent to other nodes, reason={}",
        Percent.encode(by),
        lastsMillis.isPresent() ? "for " + lastsMillis.getAsLong() / 1e3 + " s" : "without an end",
        Percent.encode(reason));
  }

  /** Ends the drain, if there is one. */
  public void end() {
    if (Objects.requireNonNull(inForce.getAndSet(Optional.empty())).isPresent()) {
      log.info("node drain ended: clients may come again");
    }
  }

  /** Returns the drain in force. */
  public Optional<Drain> present() {
    Optional<Drain> now = Objects.requireNonNull(inForce.get());
    if (now.isEmpty() || !isOver(now.get())) {
      return now;
    }
    if (inForce.compareAndSet(now, Optional.empty())) {
      log.info("node drain ended, since its time is over: clients may come again");
    }
    return Optional.empty();
  }

  /** Returns for how many milliseconds the drain in force has lasted; 0 if there is none. */
  public long ageMillis() {
    return present().map(drain -> drain.ageMillis(monotonicNanos.getAsLong())).orElse(0L);
  }

  private boolean isOver(Drain drain) {
    return drain.lastsMillis.isPresent()
        && drain.ageMillis(monotonicNanos.getAsLong()) >= drain.lastsMillis.getAsLong();
  }
}
