package io.hera.cli.nodes;

import io.hera.tls.TlsFailure;
import io.hera.wire.GossipLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** Sends requests to nodes. Answers are limited in time and size. */
public final class NodeClient {
  private final Duration timeout;
  private final String scheme;
  private final HttpClient http;
  private final Function<String, Optional<String>> tokens;

  /**
   * Asks by TLS if there is a context for it.
   *
   * @param tokens {@code host:port} → the token that the node there is shown
   * @param timeout how long a node may take to answer
   */
  public NodeClient(
      Optional<SSLContext> tls, Function<String, Optional<String>> tokens, Duration timeout) {
    this.tokens = tokens;
    this.timeout = timeout;
    HttpClient.Builder client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(timeout);
    tls.ifPresent(client::sslContext);
    this.scheme = tls.isPresent() ? "https://" : "http://";
    this.http = client.build();
  }

  /**
   * An answer; a body that is too large is cut off after one byte more than it may have.
   *
   * @param drained why a drain hides the instance that it has; empty if none does
   */
  public record Reply(int status, byte[] body, Optional<String> drained) {
    /** Returns whether it is a body of the usual size with 200. */
    public boolean isGood() {
      return status == 200 && body.length <= GossipLimits.BODY_BYTES_MAX;
    }

    /** Returns the predicate of a sentence about the node that gave an answer that is not good. */
    public String refusal() {
      return switch (status) {
        case 401 -> "does not know this client: set HERA_TOKEN_FILE, or HERA_TOKEN";
        case 403 -> "does not allow this client to read that";
        default -> "answers " + status + " with " + body.length + " bytes";
      };
    }
  }

  /** Returns the answer to a GET. */
  public Reply get(String address, String target, String accept) throws NodeFailed {
    HttpResponse<InputStream> response = open(address, target, Map.of("Accept", accept));
    try (InputStream in = response.body()) {
      return new Reply(
          response.statusCode(),
          in.readNBytes(GossipLimits.BODY_BYTES_MAX + 1),
          response.headers().firstValue("hera-drained"));
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  /** Sends a GET, and returns the answer as soon as its headers are there; the caller closes the body. */
  public HttpResponse<InputStream> open(String address, String target, Map<String, String> headers)
      throws NodeFailed {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(scheme + address + target)).timeout(timeout);
      headers.forEach(request::header);
      tokens.apply(address).ifPresent(token -> request.header("Authorization", "Bearer " + token));
      return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException | IllegalArgumentException failure) {
      throw failed(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new NodeFailed("was not waited for: interrupted");
    }
  }

  /** Asks all these addresses at once; returns the answers in their order. */
  public static <T> Map<String, T> each(
      Collection<String> addresses, Function<String, T> question) {
    ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, addresses.size()));
    try {
      Map<String, CompletableFuture<T>> asked = new LinkedHashMap<>();
      addresses.forEach(address -> asked.put(
          address, CompletableFuture.supplyAsync(() -> question.apply(address), threads)));
      Map<String, T> answers = new LinkedHashMap<>();
      asked.forEach((address, answer) -> answers.put(address, answer.join()));
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Returns the failure of a request as one of the node. */
  public NodeFailed failed(Exception failure) {
    return new NodeFailed("does not answer: " + reason(failure));
  }

  private String reason(Exception failure) {
    if (TlsFailure.isOne(failure)) {
      return "it " + TlsFailure.of(failure).predicate();
    }
    String kind = failure.getClass().getSimpleName();
    return switch (kind) {
      case "ConnectException" -> "connection refused";
      case "HttpTimeoutException", "HttpConnectTimeoutException" ->
        "nothing within " + timeout.toMillis() / 1_000.0 + " s";
      default -> Optional.ofNullable(failure.getMessage()).orElse(kind);
    };
  }
}
