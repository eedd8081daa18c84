package io.hera.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.BooleanSupplier;

/**
 * The deployment of a node's HTTP verticles, which is replaced when settings of the server change. One per node; its methods are
 * called one after the other.
 *
 * <p>The new verticles are deployed before the old ones stop. In one Vert.x they share the listening socket, so the port stays open
 * all the time: no connection is refused, and no other process can take the port.
 */
public final class HttpDeployment {
  private final Vertx vertx;
  private final Deployer deployer;
  private volatile HttpSettings settings;
  private volatile String id = "";

  /** The deployment of verticles with these settings; deploys nothing yet. */
  public HttpDeployment(Vertx vertx, HttpSettings settings, Deployer deployer) {
    this.vertx = vertx;
    this.settings = settings;
    this.deployer = deployer;
  }

  /** Deploys HTTP verticles. */
  @FunctionalInterface
  public interface Deployer {
    /**
     * Returns the id of the deployment.
     *
     * @param replaced says whether others have taken the place of these verticles
     */
    Future<String> deploy(HttpSettings settings, BooleanSupplier replaced);
  }

  /** Deploys the verticles; fails if they cannot bind the port. */
  public Future<Void> start() {
    return deploy(settings);
  }

  /**
   * Replaces the verticles if {@code changed} is different. Completes when requests in flight at the old ones have ended; if it
   * fails, the old ones stay.
   */
  public Future<Void> replace(HttpSettings changed) {
    HttpSettings before = settings;
    String old = id;
    if (changed.equals(before)) {
      return Future.succeededFuture();
    }
    settings = changed;
    return deploy(changed)
        .onFailure(failure -> settings = before)
        .compose(deployed -> vertx.undeploy(old));
  }

  private Future<Void> deploy(HttpSettings wanted) {
    return deployer
        .deploy(wanted, () -> !settings.equals(wanted))
        .onSuccess(deployed -> id = deployed)
        .mapEmpty();
  }
}
