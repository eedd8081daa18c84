package io.hera.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads one list at one node without pause, and keeps each answer that is not the whole list. A node that is down, or answers 503, has
 * not answered.
 */
public final class ListReader {
  private final ProcessCluster cluster;
  private final String name;
  private final String target;
  private final String whole;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<String> partial = new ArrayList<>();
  private final CompletableFuture<Integer> complete;

  /** Begins to read {@code target} at the node of this name, which has to answer {@code whole}. */
  public ListReader(ProcessCluster cluster, String name, String target, String whole) {
    this.cluster = cluster;
    this.name = name;
    this.target = target;
    this.whole = whole;
    this.complete = CompletableFuture.supplyAsync(this::read);
  }

  private int read() {
    int answers = 0;
    while (!stopped.get()) {
      answers += readOnce();
    }
    return answers;
  }

  private int readOnce() {
    try {
      HttpResponse<String> response = Http.send("GET", cluster.port(name), target, "");
      if (response.statusCode() == 503) {
        return 0;
      }
      String body = response.body();
      if (response.statusCode() != 200 || !body.equals(whole)) {
        partial.add(response.statusCode() + " with " + body.length() + " bytes");
      }
      return 1;
    } catch (UncheckedIOException down) {
      return 0;
    }
  }

  /** Ends the reading, and fails if an answer was not the whole list; returns the number of answers. */
  public int stop() {
    stopped.set(true);
    int answers = complete.join();
    HeraProcess process = cluster.process(name);
    assertThat(partial).as("%s%s", process.out(), process.err()).isEmpty();
    return answers;
  }
}
