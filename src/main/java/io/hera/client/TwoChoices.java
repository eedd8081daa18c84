package io.hera.client;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The power of two random choices (Mitzenmacher 1996): two instances are drawn by their weights, and
 * that with fewer calls in flight per weight gets the call.
 *
 * <p><b>Why.</b> Each caller knows only its own calls. If it took the least loaded of all, all callers
 * would run to the same fresh instance; two random choices avoid that, come close to the best
 * distribution, and cost the same for any number of instances.
 *
 * <p><b>Who may be called.</b> Instances whose status is up, that are not held ({@link CacheRule}), and
 * not ejected ({@link CallHealth}; at most half are at a time). Those of the same zone come first while a
 * third of them can be called. If fewer than half of all could be called, more likely the reasons are
 * wrong than the instances: then all are called but those that drain (panic rule). Instances that drain
 * do not count in any of these fractions: they are meant to have no calls.
 *
 * <p><b>Counters</b> belong to an instance with a document, not to a list: a change of the list forgets
 * nothing. An instance with another document begins anew.
 *
 * <p><b>Threads.</b> The {@link Plan} for a snapshot is immutable and replaced by compare-and-set. The
 * first call after a change makes it, in time linear in the number of instances. All others read it, and
 * two counters. The clock is read only while an instance is ejected. A call reads the plan before the
 * snapshot, so a plan never replaces that of a newer snapshot.
 */
final class TwoChoices implements Balancer {
  private static final AtomicReferenceFieldUpdater<TwoChoices, Plan> PLAN =
      AtomicReferenceFieldUpdater.newUpdater(TwoChoices.class, Plan.class, "plan");

  private final Supplier<Snapshot> snapshots;
  private final Locality place;
  private final LongSupplier nanos;
  private final LongSupplier bits;
  private final AtomicInteger ejections = new AtomicInteger();
  private volatile Plan plan;

  /**
   * Creates the balancer of a view.
   *
   * @param snapshots returns the newest snapshot, which is another object only if something changed
   * @param nanos a monotonic clock
   * @param bits returns 64 random bits; any thread may ask
   */
  TwoChoices(Supplier<Snapshot> snapshots, Locality place, LongSupplier nanos, LongSupplier bits) {
    this.snapshots = snapshots;
    this.place = place;
    this.nanos = nanos;
    this.bits = bits;
    this.plan = Plan.of(snapshots.get(), place, moment());
  }

  @Override
  public Optional<Pick> pick() {
    return plan().best().choose(bits.getAsLong()).map(Call::new);
  }

  @Override
  public Optional<Pick> pick(String key) {
    return plan().best().chooseFor(key).map(Call::new);
  }

  @Override
  public Optional<Pick> pickNot(Set<String> ids) {
    for (Pool pool : plan().pools()) {
      Optional<Pool.Member> chosen = pool.chooseNot(ids, bits);
      if (chosen.isPresent()) {
        return chosen.map(Call::new);
      }
    }
    return Optional.empty();
  }

  private Plan plan() {
    Plan known = plan;
    Snapshot newest = snapshots.get();
    if (known.isOf(newest, ejections.get())
        && !(known.isTimed() && known.isOver(nanos.getAsLong()))) {
      return known;
    }
    Plan next = known.next(newest, place, moment());
    return PLAN.compareAndSet(this, known, next) ? next : plan;
  }

  private Plan.Moment moment() {
    return new Plan.Moment(nanos.getAsLong(), ejections.get());
  }

  /** A call of an instance. */
  private final class Call implements Pick {
    private final Instance instance;
    private final Candidate candidate;
    private final int term;
    private final AtomicBoolean ended = new AtomicBoolean();

    Call(Pool.Member chosen) {
      instance = chosen.instance();
      candidate = chosen.candidate();
      term = candidate.health().term();
      candidate.inFlight.incrementAndGet();
    }

    @Override
    public Instance instance() {
      return instance;
    }

    @Override
    public URI uri(String pathAndQuery) {
      return InstanceAddress.uri(instance, pathAndQuery);
    }

    @Override
    public void failed(Throwable why) {
      if (end() && candidate.failed(term, why, nanos.getAsLong())) {
        ejections.incrementAndGet();
      }
    }

    @Override
    public void abandon() {
      end();
    }

    @Override
    public void close() {
      if (end() && candidate.succeeded(term)) {
        ejections.incrementAndGet();
      }
    }

    private boolean end() {
      boolean first = ended.compareAndSet(false, true);
      if (first) {
        candidate.inFlight.decrementAndGet();
      }
      return first;
    }
  }
}
