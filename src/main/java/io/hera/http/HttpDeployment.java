package io.hera.http;

import io.hera.wire.Address;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deployment of a node's HTTP verticles, which is replaced when settings change that are fixed at the bind. One per node;
 * its methods other than {@link #close} are called one after the other.
 */
public final class HttpDeployment {
  private static final Logger log = LoggerFactory.getLogger(HttpDeployment.class);
  private static final String STOPS = "the node stops";
  private static final long PAUSE_MILLIS_MIN = 250;
  private static final long PAUSE_MILLIS_MAX = 30_000;

  private final Vertx vertx;
  private final Function<HttpSettings, Future<String>> deployer;
  private volatile HttpSettings settings;
  private volatile String id = "";
  private volatile Optional<Promise<Void>> pending = Optional.empty();
  private volatile boolean closed;

  /**
   * The deployment of verticles with these settings; deploys nothing yet.
   *
   * @param deployer deploys HTTP verticles; returns the id of their deployment
   */
  public HttpDeployment(
      Vertx vertx, HttpSettings settings, Function<HttpSettings, Future<String>> deployer) {
    this.vertx = vertx;
    this.settings = settings;
    this.deployer = deployer;
  }

  /** Deploys the verticles; fails if they cannot bind the port. */
  public Future<Void> start() {
    return deployer.apply(settings).onSuccess(deployed -> id = deployed).mapEmpty();
  }

  /**
   * Lets requests in flight end and binds the port anew, if {@code changed} is different. A failure is logged, and the port is
   * tried again, less and less often, until it can be bound or {@link #close} is called.
   */
  public Future<Void> replace(HttpSettings changed) {
    if (changed.equals(settings)) {
      return Future.succeededFuture();
    }
    settings = changed;
    Promise<Void> listening = Promise.promise();
    pending = Optional.of(listening);
    undeploy().onComplete(undeployed -> bind(listening, PAUSE_MILLIS_MIN));
    return listening.future();
  }

  /**
   * Tries no more, and fails the future of {@link #replace}: with the store, above which the verticles are deployed, Vert.x ends
   * them, their deployment under way, and timers that wait for the port.
   */
  public void close() {
    closed = true;
    pending.ifPresent(listening -> listening.tryFail(STOPS));
  }

  private Future<Void> undeploy() {
    return vertx.deploymentIDs().contains(id) ? vertx.undeploy(id) : Future.succeededFuture();
  }

  private void bind(Promise<Void> listening, long pauseMillis) {
    if (closed) {
      listening.tryFail(STOPS);
      return;
    }
    start()
        .onSuccess(done -> listening.tryComplete())
        .onFailure(failure -> bindLater(listening, pauseMillis, failure));
  }

  private void bindLater(Promise<Void> listening, long pauseMillis, Throwable failure) {
    if (closed) {
      return;
    }
    if (pauseMillis == PAUSE_MILLIS_MIN) {
      Address address = new Address(settings.host(), settings.port());
      log.error(
          "not listening, will try again address={} reason={}", address, failure.getMessage());
      listening.future().onSuccess(done -> log.info("listening again address={}", address));
    }
    long next = Math.min(2 * pauseMillis, PAUSE_MILLIS_MAX);
    vertx.setTimer(pauseMillis, due -> bind(listening, next));
  }
}
