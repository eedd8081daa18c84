package io.hera.client;

import io.hera.client.Unanswered.Sent;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * Carries requests by {@code java.net.http}: HTTP/1.1, answers compressed by gzip, redirects not
 * followed, so that a token goes to no other host. Thread-safe.
 */
final class HttpTransport implements Transport {
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** A request on its way; two are equal only if they are one. */
  private static final class Exchange {
    final AtomicBoolean answered = new AtomicBoolean();
    private Optional<CompletableFuture<?>> future = Optional.empty();

    void begin(CompletableFuture<?> begun) {
      future = Optional.of(begun);
    }

    void cancel() {
      future.ifPresent(begun -> begun.cancel(true));
    }
  }

  private final Set<Exchange> open = ConcurrentHashMap.newKeySet();

  /** Nodes that have answered: a later request to one of them may use a connection that has ended. */
  private final Set<URI> answered = ConcurrentHashMap.newKeySet();

  private volatile Optional<HttpClient> client;

  HttpTransport(Executor executor, Optional<SSLContext> tls) {
    HttpClient.Builder builder = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT)
        .executor(executor);
    tls.ifPresent(builder::sslContext);
    client = Optional.of(builder.build());
  }

  @Override
  public CompletableFuture<Answer> send(Ask ask) {
    return client
        .map(http -> send(http, ask))
        .orElseGet(() ->
            CompletableFuture.failedFuture(new Unanswered("the client is closed", Sent.NOTHING)));
  }

  private CompletableFuture<Answer> send(HttpClient http, Ask ask) {
    Exchange exchange = new Exchange();
    CompletableFuture<HttpResponse<byte[]>> response = http.sendAsync(request(ask), head -> {
      exchange.answered.set(true);
      answered.add(ask.node());
      return new BoundedBody();
    });
    exchange.begin(response);
    open.add(exchange);
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    After.of(response, (whole, failure) -> {
      open.remove(exchange);
      boolean old = !exchange.answered.get() && answered.contains(ask.node());
      if (whole != null) {
        take(whole, answer);
      } else if (failure != null) {
        Sent otherwise = old ? Sent.ON_AN_OLD_CONNECTION : Sent.PERHAPS;
        answer.completeExceptionally(unanswered(failure, otherwise));
      }
    });
    After.of(answer, (whole, failure) -> {
      if (answer.isCancelled()) {
        exchange.cancel();
      }
    });
    return answer;
  }

  private static HttpRequest request(Ask ask) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(ask.node() + ask.target()))
        .method(
            ask.method(),
            ask.body().length == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.ofByteArray(ask.body()));
    ask.headers().forEach(builder::header);
    if (ask.method().equals("GET")) {
      builder.header("accept-encoding", "gzip");
    }
    return builder.build();
  }

  private static void take(HttpResponse<byte[]> response, CompletableFuture<Answer> answer) {
    byte[] body = response.body();
    boolean zipped = response
        .headers()
        .firstValue("content-encoding")
        .filter("gzip"::equalsIgnoreCase)
        .isPresent();
    try {
      byte[] plain = zipped ? BoundedBody.inflated(body) : body;
      answer.complete(
          new Answer(response.statusCode(), headers(response.headers()), plain, body.length));
    } catch (IOException flaw) {
      answer.completeExceptionally(
          new Unanswered("a bad answer: " + flaw.getMessage(), Sent.PERHAPS));
    }
  }

  private static Map<String, String> headers(HttpHeaders all) {
    Map<String, String> headers = new HashMap<>();
    all.map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    return headers;
  }

  private static Unanswered unanswered(Throwable failure, Sent otherwise) {
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    if (cause instanceof HttpConnectTimeoutException) {
      return new Unanswered("no connection within 2 s", Sent.NOTHING);
    }
    if (cause instanceof ConnectException) {
      return new Unanswered(reason("connection refused", cause), Sent.NOTHING);
    }
    if (cause instanceof SSLException) {
      return new Unanswered(reason("TLS", cause), Sent.NOTHING);
    }
    return new Unanswered(reason("connection lost", cause), otherwise);
  }

  private static String reason(String what, Throwable cause) {
    String detail = cause.getMessage();
    return detail == null || detail.equalsIgnoreCase(what) ? what : what + ": " + detail;
  }

  /** Ends all requests. Before Java 21, the JDK ends the selector's thread only when it collects the client. */
  @Override
  public void close() {
    Optional<HttpClient> before = client;
    client = Optional.empty();
    before.ifPresent(HttpTransport::shutDown);
    open.forEach(Exchange::cancel);
  }

  private static void shutDown(HttpClient client) {
    try {
      HttpClient.class.getMethod("shutdownNow").invoke(client);
    } catch (ReflectiveOperationException before21) {
      return;
    }
  }
}
