package io.hera.cli.doctor;

import io.hera.cli.nodes.NodeClient;
import io.hera.cli.nodes.NodeFailed;
import io.hera.json.Malformed;
import io.hera.registry.Digest;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.wire.DeltasTarget;
import io.hera.wire.GossipLimits;
import io.hera.wire.NodeStatus;
import io.hera.wire.V2Codec;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Asks one node for its state. */
final class NodeProbe {
  private static final long SLOW_SECONDS = 2;
  private static final int PAGES_MAX = 200;

  private final NodeClient client;

  NodeProbe(NodeClient client) {
    this.client = client;
  }

  /** What an address has answered. */
  sealed interface Result {}

  /** A status. */
  record Answered(NodeStatus status) implements Result {}

  /** No status; the reason is the predicate of a sentence about the address. */
  record Silent(String reason) implements Result {}

  /**
   * Asks all these addresses at once for their status.
   *
   * @param progress gets a line if it takes long
   */
  Map<String, Result> statuses(Collection<String> addresses, Consumer<String> progress) {
    Map<String, CompletableFuture<Result>> asked = new LinkedHashMap<>();
    ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, addresses.size()));
    try {
      addresses.forEach(address ->
          asked.put(address, CompletableFuture.supplyAsync(() -> result(address), threads)));
      CompletableFuture<Void> all =
          CompletableFuture.allOf(asked.values().toArray(CompletableFuture<?>[]::new));
      CompletableFuture<Void> slow = all.copy().orTimeout(SLOW_SECONDS, TimeUnit.SECONDS);
      if (slow.handle((done, late) -> late != null).join()) {
        silent(asked).ifPresent(these -> progress.accept("waiting for " + these + " ..."));
      }
      Map<String, Result> results = new LinkedHashMap<>();
      asked.forEach((address, result) -> results.put(address, result.join()));
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** The last of them may have answered meanwhile. */
  private static Optional<String> silent(Map<String, CompletableFuture<Result>> asked) {
    return asked.entrySet().stream()
        .filter(result -> !result.getValue().isDone())
        .map(Map.Entry::getKey)
        .reduce((some, next) -> some + ", " + next);
  }

  private Result result(String address) {
    try {
      return new Answered(status(address));
    } catch (NodeFailed failed) {
      return new Silent(failed.predicate());
    }
  }

  /** Returns the status of the node at {@code host:port}. */
  NodeStatus status(String address) throws NodeFailed {
    byte[] body = get(address, "/_status", "application/json");
    try {
      return NodeStatus.parse(body);
    } catch (Malformed malformed) {
      throw new NodeFailed("answers something that is not a status; is it a node of 2012?");
    }
  }

  /** Returns the registrations of {@code origin} that the node holds: key → version. */
  Map<Key, Long> registrations(String address, String origin) throws NodeFailed {
    Map<Key, Long> found = new HashMap<>();
    long from = 0;
    for (int page = 0; page < PAGES_MAX; page++) {
      Optional<OriginDelta> part = part(address, origin, from);
      if (part.isEmpty() || part.get().to() <= from) {
        break;
      }
      for (Entry entry : part.get().entries()) {
        if (entry instanceof Registration) {
          found.put(entry.key(), entry.version());
        }
      }
      from = part.get().to();
    }
    return found;
  }

  private Optional<OriginDelta> part(String address, String origin, long from) throws NodeFailed {
    byte[] body =
        get(address, DeltasTarget.of(Digest.of(origin, from)).encode(), V2Codec.MEDIA_TYPE);
    try {
      return V2Codec.decode(body, GossipLimits.ENTRIES_MAX).answer().delta().origins().stream()
          .filter(part -> part.origin().equals(origin))
          .findAny();
    } catch (Malformed malformed) {
      throw new NodeFailed("does not answer with a delta: " + malformed.reason());
    }
  }

  private byte[] get(String address, String target, String accept) throws NodeFailed {
    NodeClient.Reply reply = client.get(address, target, accept);
    if (!reply.isGood()) {
      throw new NodeFailed(refusal(reply.status(), reply.body().length));
    }
    return reply.body();
  }

  private static String refusal(int status, int bytes) {
    return switch (status) {
      case 401 -> "does not know the doctor: set HERA_TOKEN_FILE, or HERA_TOKEN";
      case 403 -> "does not allow the doctor's token to operate";
      default -> "answers " + status + " with " + bytes + " bytes";
    };
  }
}
