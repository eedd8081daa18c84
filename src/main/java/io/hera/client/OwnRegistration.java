package io.hera.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A registration as the application sees it: it hands each wish to the loop, and completes stages on the
 * events' thread.
 */
final class OwnRegistration implements Registration, OwnInstance.Follower {
  private static final Logger LOG = System.getLogger("io.hera.client");
  private static final Duration CHECK_MIN = Duration.ofMillis(100);

  /** What all registrations of a client share. */
  record Parts(Beats beats, Backoff backoff, Ending ending, Reports reports, Timing timing) {
    Worker events() {
      return ending.events();
    }
  }

  private final OwnInstance instance;
  private final Parts parts;
  private final Loop loop;
  private final Consumer<OwnRegistration> atEnd;
  private final AtomicReference<CompletableFuture<Registration>> registered;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final AtomicBoolean checked = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile boolean located;
  private volatile boolean wasHealthy;
  private boolean leaving;
  private boolean resumes;

  /** Creates it; {@code atEnd} runs on the loop when it is deregistered for good. */
  OwnRegistration(Offer offer, Parts parts, Consumer<OwnRegistration> atEnd) {
    this.parts = parts;
    this.atEnd = atEnd;
    this.registered = new AtomicReference<>(parts.ending().future());
    this.loop = parts.beats().calls().loop;
    this.instance = new OwnInstance(offer, loop, this);
  }

  /** The id and the host are known: it begins, unless a health check is awaited. On the loop. */
  void locatedAt(Offer offer) {
    instance.locate(offer);
    located = true;
    beginIfReady();
  }

  /** The host of this process has changed; one that its owner has set meanwhile stays. On the loop. */
  void movedTo(String host, String before) {
    if (document().text("host").filter(before::equals).isPresent()) {
      update(document -> document.with("host", host));
    }
  }

  /** It cannot be registered at all. On the loop. */
  void impossible(HeraProblem problem) {
    instance.refused(problem, Optional.empty());
  }

  private void beginIfReady() {
    boolean ready = located && (wasHealthy || !checked.get());
    if (ready && instance.life() == OwnInstance.Life.WAITING) {
      instance.become(OwnInstance.Life.LIVE);
      parts.beats().add(instance);
    }
  }

  OwnInstance instance() {
    return instance;
  }

  @Override
  public String service() {
    return instance.service;
  }

  @Override
  public String id() {
    return instance.id();
  }

  @Override
  public Document document() {
    return instance.document();
  }

  @Override
  public State state() {
    return instance.condition().state();
  }

  @Override
  public Optional<HeraProblem> problem() {
    return instance.condition().problem();
  }

  @Override
  public CompletionStage<Registration> registered() {
    return stage().minimalCompletionStage();
  }

  private CompletableFuture<Registration> stage() {
    return Objects.requireNonNull(registered.get());
  }

  @Override
  public void update(UnaryOperator<Document> change) {
    checkOpen();
    instance.update(change);
    loop.execute(() -> {
      instance.dueNow();
      parts.beats().wake();
    });
  }

  @Override
  public void when(HealthCheck check, Duration every) {
    if (every.compareTo(CHECK_MIN) < 0) {
      throw new IllegalArgumentException("every: " + every + " is shorter than 100 ms");
    }
    checkOpen();
    if (checked.getAndSet(true)) {
      throw new IllegalStateException(instance + " has a health check already");
    }
    HealthChecks.Threads threads = new HealthChecks.Threads(loop, parts.events(), closing::get);
    new HealthChecks(check, every, threads, this::health).begin();
  }

  private void health(boolean healthy) {
    wasHealthy |= healthy;
    instance.setHealth(healthy);
    beginIfReady();
    parts.beats().wake();
  }

  @Override
  public void pause() {
    loop.execute(() -> {
      if (instance.life() == OwnInstance.Life.LIVE) {
        leave(OwnInstance.Life.PAUSED);
      }
      resumes = false;
    });
  }

  @Override
  public void resume() {
    loop.execute(() -> {
      resumes = instance.life() == OwnInstance.Life.PAUSED;
      resumeIfFree();
    });
  }

  private void resumeIfFree() {
    if (resumes && !leaving) {
      resumes = false;
      instance.become(OwnInstance.Life.LIVE);
      parts.beats().wake();
    }
  }

  @Override
  public void close() {
    CompletableFuture<Void> end = closing();
    Waiting.upTo(parts.timing().farewell(), end);
  }

  /** Begins to deregister; returns a future that completes when the server can be stopped. */
  CompletableFuture<Void> closing() {
    if (!closing.getAndSet(true)) {
      loop.execute(() -> leave(OwnInstance.Life.CLOSED));
    }
    return closed;
  }

  /** No heartbeat begins any more; when none is on its way, it is deregistered. */
  private void leave(OwnInstance.Life wanted) {
    instance.become(wanted);
    if (wanted == OwnInstance.Life.CLOSED) {
      parts.beats().remove(instance);
    }
    leaving = true;
    parts.beats().whenFree(instance, this::deregister);
  }

  private void deregister() {
    if (instance.id().isEmpty()) {
      left(false);
      return;
    }
    Farewell.Terms terms = new Farewell.Terms(parts.timing().farewell(), this::left);
    new Farewell(parts.beats(), parts.backoff(), instance, terms).begin();
  }

  private void left(boolean confirmed) {
    leaving = false;
    if (closing.get()) {
      atEnd.accept(this);
      boolean known = confirmed && instance.acceptedBy().isPresent();
      Duration drain = known ? parts.timing().drain() : Duration.ZERO;
      loop.after(drain, () -> closed.complete(null));
    } else {
      resumeIfFree();
    }
  }

  @Override
  public void changed(OwnInstance.Condition before, OwnInstance.Condition after) {
    if (before.state() != after.state()) {
      log(after);
      complete(after);
    }
    parts.reports().registrationChanged(this);
    if (after.state() == State.REFUSED) {
      after.problem().ifPresent(problem -> parts.reports().refused(this, problem));
    }
  }

  @Override
  public void overwritten(Document theirs) {
    parts.reports().overwritten(this, theirs);
  }

  private void log(OwnInstance.Condition now) {
    switch (now.state()) {
      case REFUSED, LATE, LOST ->
        LOG.log(
            Level.WARNING,
            "{0} is {1}: {2}",
            instance,
            now.state(),
            now.problem().map(HeraProblem::toString).orElse("no node has answered in time"));
      default -> LOG.log(Level.INFO, "{0} is {1}", instance, now.state());
    }
  }

  private void complete(OwnInstance.Condition now) {
    CompletableFuture<Registration> stage = stage();
    switch (now.state()) {
      case REGISTERED -> parts.events().execute(() -> stage.complete(this));
      case REFUSED -> fail(stage, now.problem().orElseGet(() -> HeraProblem.unanswered("refused")));
      case CLOSED -> fail(stage, HeraProblem.unanswered("it was closed"));
      default -> {}
    }
  }

  /** Fails a stage that is waiting; a later one may succeed, unless this is the end. */
  private void fail(CompletableFuture<Registration> stage, HeraProblem problem) {
    if (!closing.get() && !stage.isDone()) {
      registered.compareAndSet(stage, parts.ending().future());
    }
    parts.events().execute(() -> stage.completeExceptionally(new HeraException(problem)));
  }

  private void checkOpen() {
    if (closing.get()) {
      throw new IllegalStateException(instance + " is closed");
    }
  }

  @Override
  public String toString() {
    return instance.toString();
  }
}
