package io.hera.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** An HTTP client for tests, on loopback. */
public final class Http {
  private static final HttpClient CLIENT = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(Duration.ofSeconds(5))
      .build();

  private Http() {}

  public static HttpResponse<String> send(String method, int port, String target, String body) {
    try {
      return CLIENT.send(request(method, port, target, body), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  public static CompletableFuture<HttpResponse<String>> sendAsync(
      String method, int port, String target, String body) {
    return CLIENT.sendAsync(request(method, port, target, body), BodyHandlers.ofString());
  }

  /** Sends a GET with {@code If-None-Match}. */
  public static int statusIfNoneMatch(int port, String target, String tag) {
    HttpRequest ask = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
        .timeout(Duration.ofSeconds(10))
        .header("If-None-Match", tag)
        .build();
    return CLIENT.sendAsync(ask, BodyHandlers.discarding()).join().statusCode();
  }

  private static HttpRequest request(String method, int port, String target, String body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
        .timeout(Duration.ofSeconds(10))
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
  }

  public static String get(int port, String target) {
    return send("GET", port, target, "").body();
  }

  public static int put(int port, String target, String document) {
    return send("PUT", port, target, document).statusCode();
  }
}
