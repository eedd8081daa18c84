package io.hera.client.vertx;

import io.hera.client.Document;
import io.hera.client.fake.FakeHera;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.endpoint.LoadBalancer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Calls of real servers, by a client whose nodes are in memory. */
@Timeout(60)
abstract class CallingTest {
  final Vertx vertx = Vertx.vertx();
  final FakeHera hera = FakeHera.create();
  final CalledServers servers = new CalledServers(vertx);
  final WebClient web = web(HeraResolver.of(hera));

  @AfterEach
  void close() {
    vertx.close().await();
    hera.close();
  }

  final WebClient web(HeraResolver resolver) {
    return web(resolver, HeraBalancer.create(), new HttpClientOptions());
  }

  final WebClient web(HeraResolver resolver, LoadBalancer balancer, HttpClientOptions options) {
    return WebClient.wrap(http(resolver, balancer, options));
  }

  private HttpClient http(HeraResolver resolver, LoadBalancer balancer, HttpClientOptions options) {
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(new PoolOptions().setHttp1MaxSize(50))
        .withAddressResolver(resolver)
        .withLoadBalancer(balancer)
        .build();
  }

  /** Returns a client for requests to a {@link HeraAddress}, which a WebClient does not take. */
  final HttpClient http(HeraResolver resolver) {
    return http(resolver, HeraBalancer.create(), new HttpClientOptions());
  }

  static Future<String> call(HttpClient http, RequestOptions options) {
    return http.request(options)
        .compose(HttpClientRequest::send)
        .compose(HttpClientResponse::body)
        .map(Buffer::toString);
  }

  /** Starts a server, which is an instance of orders. */
  final Document register(String id) {
    Document document = servers.start(id);
    hera.put("orders", id, document);
    return document;
  }

  final Future<String> call(String url) {
    return web.getAbs(url).send().map(HttpResponse::bodyAsString);
  }

  /** Calls orders; returns the id of the instance that has answered. */
  final String idOfCalled() {
    return id(call("http://orders.hera/").await());
  }

  /** Returns the id in the answer of a server. */
  static String id(String answer) {
    return answer.substring(0, answer.indexOf(' '));
  }

  static <T> T await(Future<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** Returns the failure of a future. */
  static Throwable failure(Future<?> future) throws InterruptedException, TimeoutException {
    try {
      Object result = await(future);
      throw new AssertionError("it has succeeded: " + result);
    } catch (ExecutionException failed) {
      return failed.getCause();
    }
  }
}
