package io.hera.cli.nodes;

import io.hera.tls.TlsFailure;
import io.hera.wire.GossipLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

/**
 * Sends one request to one node. A command that runs for a moment uses the JDK's old client: the new one takes as long to start as all the
 * rest of the command. Answers are limited in time and size, and redirects are not followed.
 */
public final class NodeTransport {
  private static final int BUFFER = 64 << 10;

  private final Optional<SSLContext> tls;
  private final Function<NodeUrl, Optional<String>> tokens;
  private final LongSupplier nanos;

  /**
   * Creates a transport.
   *
   * @param tokens node → the token that it is shown
   * @param nanos a monotonic clock
   */
  public NodeTransport(
      Optional<SSLContext> tls, Function<NodeUrl, Optional<String>> tokens, LongSupplier nanos) {
    this.tls = tls;
    this.tokens = tokens;
    this.nanos = nanos;
  }

  /** The head of an answer, whose body is still to be read. */
  public record Opened(int status, Map<String, String> headers, InputStream body) {}

  /**
   * Returns the whole answer.
   *
   * @param patience until it is there, besides the time for which the node may wait
   */
  public Answer send(NodeUrl node, Ask ask, Duration patience) throws NodeFailed {
    Duration all = patience.plus(ask.waits());
    long end = nanos.getAsLong() + all.toNanos();
    Opened opened = open(node, ask, patience);
    try (InputStream body = opened.body()) {
      return new Answer(node, opened.status(), opened.headers(), read(body, end));
    } catch (IOException failure) {
      throw failed(failure, all);
    }
  }

  /**
   * Returns an answer as soon as its head is there; the caller closes the body.
   *
   * @param patience for the connection, and for each part of the answer besides the time for which the node may wait
   */
  public Opened open(NodeUrl node, Ask ask, Duration patience) throws NodeFailed {
    try {
      HttpURLConnection http = connection(node, ask, patience);
      if (ask.hasBody()) {
        http.setDoOutput(true);
        http.setFixedLengthStreamingMode(ask.body().length);
        http.getOutputStream().write(ask.body());
      }
      int status = http.getResponseCode();
      if (status < 0) {
        throw new NodeFailed("does not answer by HTTP");
      }
      return new Opened(status, headers(http), body(http, status));
    } catch (IOException failure) {
      throw failed(failure, patience.plus(ask.waits()));
    }
  }

  private HttpURLConnection connection(NodeUrl node, Ask ask, Duration patience)
      throws IOException {
    HttpURLConnection http =
        (HttpURLConnection) new URL(node + ask.target()).openConnection(Proxy.NO_PROXY);
    if (http instanceof HttpsURLConnection secure) {
      tls.ifPresent(context -> secure.setSSLSocketFactory(context.getSocketFactory()));
    }
    http.setConnectTimeout(millis(patience));
    http.setReadTimeout(millis(patience.plus(ask.waits())));
    http.setInstanceFollowRedirects(false);
    http.setUseCaches(false);
    http.setRequestMethod(ask.method());
    http.setRequestProperty("User-Agent", "hera");
    ask.headers().forEach(http::setRequestProperty);
    tokens
        .apply(node)
        .ifPresent(token -> http.setRequestProperty("Authorization", "Bearer " + token));
    return http;
  }

  private static int millis(Duration patience) {
    return (int) Math.max(1, patience.toMillis());
  }

  private static Map<String, String> headers(HttpURLConnection http) {
    Map<String, String> headers = new TreeMap<>();
    http.getHeaderFields().forEach((name, values) -> {
      if (name != null && !values.isEmpty()) { // the status line has no name
        headers.put(name.toLowerCase(Locale.ROOT), values.get(0));
      }
    });
    return headers;
  }

  private static InputStream body(HttpURLConnection http, int status) throws IOException {
    InputStream body = status < 400 ? http.getInputStream() : http.getErrorStream();
    return body == null ? InputStream.nullInputStream() : body;
  }

  private byte[] read(InputStream body, long end) throws IOException, NodeFailed {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
      bytes.write(buffer, 0, count);
      if (bytes.size() > GossipLimits.BODY_BYTES_MAX) {
        throw new NodeFailed("answers with more than " + GossipLimits.BODY_BYTES_MAX + " bytes");
      }
      if (nanos.getAsLong() - end > 0) {
        throw new NodeFailed("answers too slowly");
      }
    }
    return bytes.toByteArray();
  }

  /** Returns the failure of a request as one of the node. */
  public static NodeFailed failed(IOException failure, Duration patience) {
    return new NodeFailed("does not answer: " + reason(failure, patience));
  }

  private static String reason(IOException failure, Duration patience) {
    if (TlsFailure.isOne(failure)) {
      return "it " + TlsFailure.of(failure).predicate();
    }
    if (failure instanceof SocketTimeoutException) {
      return "nothing within " + patience.toMillis() / 1_000.0 + " s";
    }
    if (failure instanceof UnknownHostException) {
      return "its name is not known";
    }
    String message =
        Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName());
    return failure instanceof ConnectException && message.contains("refused")
        ? "connection refused"
        : message;
  }
}
