package io.hera.cli.events;

import io.hera.cli.nodes.EventStream;
import io.hera.cli.nodes.NodeClient;
import io.hera.cli.nodes.NodeFailed;
import io.hera.json.Malformed;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Follows the events of one node: connects again, after the last event received, whenever the stream ends. */
final class Follower {
  /** Nodes send a comment every 15 s. */
  private static final long SILENCE_SECONDS_MAX = 45;

  private static final int DATA_MAX = 64 << 10;
  private static final long PAUSE_MILLIS = 1_000;

  private final NodeClient client;
  private final String address;
  private final Wanted wanted;
  private final Row.Reporter node;
  private String lastId = "";
  private String complaint = "";
  private boolean ends;

  Follower(NodeClient client, String address, Wanted wanted, Row.Reporter node) {
    this.client = client;
    this.address = address;
    this.wanted = wanted;
    this.node = node;
  }

  /**
   * Follows.
   *
   * @param after number of the last event that is known
   * @param reader gets each event, and returns whether it wants more
   * @param complaints gets a line when the node does not answer, or has lost events
   */
  void follow(long after, Predicate<Row> reader, Consumer<String> complaints) {
    lastId = node.life() + ":" + after;
    while (!ends && !Thread.currentThread().isInterrupted()) {
      try {
        read(reader, complaints);
      } catch (NodeFailed failed) {
        complain("at " + address + ": " + failed.predicate() + "; trying again", complaints);
      }
      pause();
    }
  }

  private void complain(String line, Consumer<String> complaints) {
    if (!line.equals(complaint)) {
      complaint = line;
      complaints.accept(line);
    }
  }

  private void read(Predicate<Row> reader, Consumer<String> complaints) throws NodeFailed {
    HttpResponse<InputStream> response = client.open(
        address,
        wanted.query("every"),
        Map.of("Accept", "text/event-stream", "Last-Event-ID", lastId));
    try (InputStream body = response.body();
        Silence silence = new Silence(body)) {
      if (response.statusCode() != 200) {
        throw new NodeFailed(
            new NodeClient.Reply(response.statusCode(), new byte[0], Optional.empty()).refusal());
      }
      complaint = "";
      EventStream events = new EventStream(new BufferedInputStream(body), DATA_MAX, silence::ends);
      for (var sent = events.next(); sent.isPresent() && !ends; sent = events.next()) {
        take(sent.get(), reader, complaints);
      }
    } catch (IOException failure) {
      throw client.failed(failure);
    }
  }

  private void take(EventStream.Sent sent, Predicate<Row> reader, Consumer<String> complaints) {
    if (!sent.id().isEmpty()) {
      lastId = sent.id();
    }
    if (sent.type().equals("reset")) {
      complain("at " + address + ": some events are missing, the node has lost them", complaints);
    } else if (sent.type().equals("change")) {
      row(sent).ifPresent(row -> ends = !reader.test(row));
    }
  }

  private Optional<Row> row(EventStream.Sent sent) {
    try {
      return Optional.of(Row.read(sent.data(), node));
    } catch (Malformed foreign) {
      return Optional.empty();
    }
  }

  private void pause() {
    try {
      if (!ends) {
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes a stream on which nothing comes any more: the node may be gone without a word. */
  private static final class Silence implements AutoCloseable {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final InputStream body;
    private ScheduledFuture<?> closing;

    Silence(InputStream body) {
      this.body = body;
      this.closing = schedule();
    }

    void ends() {
      closing.cancel(false);
      closing = schedule();
    }

    private ScheduledFuture<?> schedule() {
      return timer.schedule(
          () -> {
            body.close();
            return true;
          },
          SILENCE_SECONDS_MAX,
          TimeUnit.SECONDS);
    }

    @Override
    public void close() {
      timer.shutdownNow();
    }
  }
}
