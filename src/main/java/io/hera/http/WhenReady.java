package io.hera.http;

import io.hera.store.InstanceCounts;
import io.hera.store.ReadSide;
import io.hera.store.Readiness;
import io.hera.store.page.Filter;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/**
 * An endpoint whose reads are answered only when the node is ready: a node that has just started does not know the instances yet, and
 * must not say that nothing is (P7). It only shows what its snapshot has (P14). Its writes are passed on, and so is a long poll of a
 * client that has an answer already: it waits. One per HTTP verticle.
 */
public final class WhenReady implements Endpoint {
  private final Endpoint endpoint;
  private final Readiness readiness;
  private final InstanceCounts restored;

  /** Guards the reads of {@code endpoint}. */
  public WhenReady(Endpoint endpoint, ReadSide readSide) {
    this(endpoint, readSide.readiness(), readSide.restored());
  }

  private WhenReady(Endpoint endpoint, Readiness readiness, InstanceCounts restored) {
    this.endpoint = endpoint;
    this.readiness = readiness;
    this.restored = restored;
  }

  /** Guards reads whose readers keep what they have while the node is not ready: what its snapshot has is less. */
  public static WhenReady whole(Endpoint endpoint, ReadSide readSide) {
    return new WhenReady(endpoint, readSide.readiness(), new InstanceCounts());
  }

  @Override
  public Route route() {
    return endpoint.route();
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    if (readiness.synchronised()
        || !isRead(exchange.method())
        || isRestored(exchange)
        || waits(exchange)) {
      endpoint.handle(exchange);
    } else {
      exchange.problem(Problem.recovering());
    }
  }

  /** A filter may leave nothing of a service, and that would be an answer too. */
  private boolean isRestored(Exchange exchange) throws ProblemException {
    if (exchange.target() instanceof Target.OneService service) {
      return restored.of(service.service().name()) > 0
          && exchange.query().filter().equals(Filter.ALL);
    }
    if (exchange.target() instanceof Target.OneInstance instance) {
      return restored.of(instance.key().service()) > 0;
    }
    List<String> named = exchange.query().services();
    return named.isEmpty()
        ? restored.any()
        : named.stream().allMatch(service -> restored.of(service) > 0);
  }

  private static boolean isRead(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  private static boolean waits(Exchange exchange) throws ProblemException {
    boolean names = exchange.target() instanceof Target.OneService
        || exchange.target() instanceof Target.OneInstance
        || exchange.target() instanceof Target.AllServices;
    return names
        && !exchange.wantsEvents()
        && exchange.header(HttpHeaderNames.IF_NONE_MATCH).isPresent()
        && exchange.query().patienceMillis(exchange.headers("prefer")) > 0;
  }
}
