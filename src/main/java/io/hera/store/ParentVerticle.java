package io.hera.store;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Supplier;

/** A verticle that others are deployed above: Vert.x stops them first, however the end comes. */
public abstract class ParentVerticle extends VerticleBase {
  /** For verticles. */
  protected ParentVerticle() {}

  /** Deploys what uses this. A deployment from the context of a verticle is one of its children. */
  public final Future<String> deployAbove(Supplier<Future<String>> deployment) {
    return Future.future(
        promise -> context.runOnContext(turn -> deployment.get().onComplete(promise)));
  }
}
