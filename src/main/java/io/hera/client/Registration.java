package io.hera.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * An instance that this process keeps registered: it is renewed until it is closed, at any node that
 * answers. Thread-safe. Not for implementing: it may get methods in minor versions.
 */
public interface Registration extends AutoCloseable {
  /** How far the registration has come. */
  enum State {
    /** No node has accepted it yet, or its first health check has not succeeded. */
    STARTING,
    /** The newest heartbeat was accepted. */
    REGISTERED,
    /** No heartbeat was accepted for one and a half periods. Others still see the instance. */
    LATE,
    /** No heartbeat was accepted for the whole ttl: others may not see the instance any more. */
    LOST,
    /** A node refuses it; {@link #problem} says why. */
    REFUSED,
    /** Deregistered by {@link #pause}. */
    PAUSED,
    /** Deregistered by {@link #close}. */
    CLOSED
  }

  /** Returns the name of the service. */
  String service();

  /** Returns the id; the empty string until the host of an offer without one is known. */
  String id();

  /** Returns the newest document, which the nodes have or will get. */
  Document document();

  /** Returns the present state. */
  State state();

  /** Returns why a node refuses it, or why no node could be reached; empty if all is well. */
  Optional<HeraProblem> problem();

  /**
   * Returns a stage that completes when a node first accepts it. It fails with a {@link HeraException}
   * if the instance is refused, or closed before; never for want of a node.
   */
  CompletionStage<Registration> registered();

  /**
   * Changes the document. The change is applied at once, in this thread, to the newest document; it
   * may be applied again if another thread changes the document meanwhile, so it must be pure. Changes
   * that come while a request is on its way are sent together after it; none is lost, and none
   * overtakes another.
   *
   * @throws IllegalStateException if it is closed
   */
  void update(UnaryOperator<Document> change);

  /**
   * Registers the instance only when it is healthy. Until the first check succeeds, it stays {@link
   * State#STARTING}. Later, two failed checks in a row give its document the status {@code down}, and
   * one success takes that away; so when all instances fail together, all stay callable.
   *
   * @param check runs on the thread {@code hera-events}, one at a time
   * @param every the time from the end of a check to the next one, 100 ms at least
   * @throws IllegalArgumentException if the time is shorter
   * @throws IllegalStateException if it has a check already, or is closed
   */
  void when(HealthCheck check, Duration every);

  /** Deregisters the instance until {@link #resume}; does not wait. */
  void pause();

  /** Registers a paused instance again; does not wait. */
  void resume();

  /**
   * Deregisters the instance. No heartbeat is sent from now on. Waits until a node has confirmed it,
   * and then for the time of {@link HeraSettings#withDrain}, so that callers have heard of it: then the
   * server can be stopped. It takes no longer than {@link HeraSettings#withFarewell}. Idempotent; any
   * thread may call it.
   */
  @Override
  void close();
}
