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
import java.util.Optional;

/** Follows a stream of events as the standard says (WHATWG HTML, 9.2.6), the id of the last event included. */
public final class EventClient implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;
  private String lastId = "";

  /** Asks for {@code target} on loopback; goes on after {@code lastId} unless that is empty. */
  public EventClient(int port, String target, String lastId) {
    HttpRequest.Builder request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + target))
        .header("Accept", "text/event-stream");
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

  /** An event; what has no type is a {@code message}. */
  public record Event(String type, String data) {
    /** Its data, which is an object. */
    public JsonObject json() {
      return new JsonObject(data);
    }
  }

  /** What the node answered at first. */
  public HttpResponse<?> response() {
    return response;
  }

  /** The id to come back with. */
  public String lastId() {
    return lastId;
  }

  /** The next event; waits for it. Empty when the node has ended the stream in order. */
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

  /** The next event, which is to come. */
  public Event next() {
    return poll().orElseThrow(() -> new IllegalStateException("the stream has ended"));
  }

  /** The next line; empty at the end. */
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
