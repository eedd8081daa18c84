package io.hera.testkit;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A client of event streams that follows the standard (WHATWG HTML, 9.2.6), with the last event id.
 */
public final class EventClient implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;
  private String lastId = "";

  /** Requests {@code target} on loopback; continues after {@code lastId} unless that is empty. */
  public EventClient(int port, String target, String lastId) {
    this(port, target, lastId, Map.of());
  }

  /** The same with more headers. */
  public EventClient(int port, String target, String lastId, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + target))
        .header("Accept", "text/event-stream");
    headers.forEach(request::header);
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
      this.lastId = lastId;
    }
    try {
      response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /** An event; one without a type is a {@code message}. */
  public record Event(String type, String data) {
    /** Returns the data, which is an object. */
    public JsonObject json() {
      return new JsonObject(data);
    }
  }

  /** Returns the status and headers of the answer. */
  public HttpResponse<?> response() {
    return response;
  }

  /** Returns the id with which to reconnect. */
  public String lastId() {
    return lastId;
  }

  /** Waits for the next event; empty if the node has ended the stream in order. */
  public Optional<Event> poll() {
    String type = "message";
    StringBuilder data = new StringBuilder();
    for (Optional<String> line = line(); line.isPresent(); line = line()) {
      String[] field = line.get().split(": ?", 2);
      switch (field[0]) {
        case "" -> {
          if (line.get().isEmpty() && data.length() > 0) {
            return Optional.of(new Event(type, data.substring(1)));
          }
        }
        case "id" -> lastId = field[1];
        case "event" -> type = field[1];
        case "data" -> data.append('\n').append(field[1]);
        default -> {}
      }
    }
    return Optional.empty();
  }

  /** Returns the next event, and fails if the stream ends. */
  public Event next() {
    return poll().orElseThrow(() -> new IllegalStateException("the stream has ended"));
  }

  /** Returns the next line; empty at the end. */
  public Optional<String> line() {
    try {
      return Optional.ofNullable(lines.readLine());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
