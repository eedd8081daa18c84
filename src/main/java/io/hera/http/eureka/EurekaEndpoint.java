package io.hera.http.eureka;

import io.hera.eureka.EurekaForm;
import io.hera.http.Endpoint;
import io.hera.http.EurekaPath;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.store.Readiness;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code /_eureka/…}: what clients of Eureka send and ask for. A node that is not ready serves none of it, so that they go to the next
 * one. One per HTTP verticle.
 */
public final class EurekaEndpoint implements Endpoint {
  private final Readiness readiness;
  private final EurekaLists lists;
  private final EurekaWrites writes;

  public EurekaEndpoint(Readiness readiness, EurekaLists lists, EurekaWrites writes) {
    this.readiness = readiness;
    this.lists = lists;
    this.writes = writes;
  }

  /** Names of parameters are data: those of metadata. */
  @Override
  public Route route() {
    return Route.read(EUREKA, Parameters.ANY, Right.READ_SOME)
        .and(HttpMethod.POST, Parameters.ANY, Right.WRITE_APP)
        .and(HttpMethod.PUT, Parameters.ANY, Right.WRITE_APP)
        .and(HttpMethod.DELETE, Parameters.ANY, Right.WRITE_APP);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    EurekaPath path = EurekaPath.of(exchange.target());
    if (!readiness.synchronised()) {
      throw new ProblemException(Problem.recovering());
    }
    switch (exchange.method().name()) {
      case "POST" -> writes.post(exchange, path);
      case "PUT" -> writes.put(exchange, path);
      case "DELETE" -> writes.delete(exchange, path);
      default -> read(exchange, path);
    }
  }

  private void read(Exchange exchange, EurekaPath path) throws ProblemException {
    Optional<Question> question = Question.of(path);
    if (question.isEmpty()) {
      throw new ProblemException(Problem.unknownEndpoint());
    }
    exchange.variesByAccept();
    lists.reply(exchange, question.get(), form(exchange));
  }

  /** XML is for those that do not ask for JSON, such as Prometheus, which asks for nothing. */
  private static EurekaForm form(Exchange exchange) {
    boolean json = exchange.headers(HttpHeaderNames.ACCEPT).stream()
        .anyMatch(accepted -> accepted.toLowerCase(Locale.ROOT).contains("json"));
    return json ? EurekaForm.JSON : EurekaForm.XML;
  }
}
