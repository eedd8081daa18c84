package io.hera.client;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * An instance as a balancer knows it: what its document says, calls in flight, and how earlier calls
 * went. It lives as long as the instance has this document, over all changes of the list. Thread-safe.
 */
final class Candidate {
  private static final long PRIME = 0x100000001b3L;
  private static final long BASIS = 0xcbf29ce484222325L;
  private static final AtomicReferenceFieldUpdater<Candidate, CallHealth> HEALTH =
      AtomicReferenceFieldUpdater.newUpdater(Candidate.class, CallHealth.class, "health");

  final Document document;
  final String zone;
  final int weight;
  final Status status;
  final long hash;
  final AtomicInteger inFlight = new AtomicInteger();
  private volatile CallHealth health = CallHealth.GOOD;

  Candidate(Instance instance) {
    document = instance.document();
    zone = instance.zone();
    weight = instance.weight();
    status = instance.status();
    hash = hash(instance.id());
  }

  CallHealth health() {
    return health;
  }

  /** Notes a success of a call that began in this term; returns whether it ends an ejection, or a trial. */
  boolean succeeded(int term) {
    CallHealth now = health;
    while (now.term() == term && !now.isGood()) {
      if (HEALTH.compareAndSet(this, now, now.afterSuccess())) {
        return now.ejections() > 0;
      }
      now = health;
    }
    return false;
  }

  /** Notes a failure of a call that began in this term; returns whether it ejects the instance. */
  boolean failed(int term, Throwable why, long nowNanos) {
    CallHealth now = health;
    while (now.term() == term) {
      CallHealth next = now.afterFailure(why, nowNanos);
      if (HEALTH.compareAndSet(this, now, next)) {
        return next.term() != term;
      }
      now = health;
    }
    return false;
  }

  /** Returns FNV-1a of the UTF-8 bytes, mixed: the same in each process and version. */
  static long hash(String text) {
    long hash = BASIS;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * PRIME;
    }
    return mixed(hash);
  }

  /** The finalizer of MurmurHash3: each bit of the result depends on each bit of the argument. */
  static long mixed(long bits) {
    long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
