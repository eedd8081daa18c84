package io.hera.client.vertx;

import io.hera.client.Balancer;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Helps with calls of services. */
public final class HeraCalls {
  private HeraCalls() {}

  /**
   * Makes a call, and makes it once more if it could not be connected. Then nothing was sent, so this is
   * safe for any request, and the {@link HeraBalancer} chooses another instance. So an instance that has
   * died costs no failed call while others are there. All other failures are passed on, also that of a
   * kept connection that ends: the request may have been sent.
   *
   * <p>A call is one request here. Of a request that is redirected, or of several in a row, the first was
   * sent although the last cannot be connected: make those that must not be repeated one by one, and
   * without redirects ({@code RequestOptions.setFollowRedirects}).
   *
   * <pre>{@code
   * HeraCalls.again(() -> web.postAbs("http://orders.hera/").sendJson(order))
   * }</pre>
   *
   * @param call begins the call each time
   */
  public static <T> Future<T> again(Supplier<Future<T>> call) {
    return call.get()
        .recover(why -> Balancer.nothingWasSent(why) ? call.get() : Future.failedFuture(why));
  }
}
