package io.hera.client;

import io.hera.client.Reply.Settled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Three nodes that learn of instances by heartbeats, lose their memory and come back. Times are
 * milliseconds.
 *
 * <p>Each instance sends a heartbeat every 10 s, which each node hears up to 1 s later, and lives 30 s
 * without one. Nodes are in trouble one at a time, or lose all at once.
 */
final class CacheWorld {
  static final int NODES = 3;
  static final int TICK = 100;
  private static final int BEAT = 10_000;
  private static final int TTL = 30_000;
  private static final int LAG = 1_000;
  private static final int SETTLED = 60_000;

  /** A node: when it heard of each instance, and since when it is up. */
  private static final class Node {
    final Map<String, Integer> heard = new HashMap<>();
    int upSince = -SETTLED;

    boolean isUp(int now) {
      return now >= upSince;
    }
  }

  /** A heartbeat, or a deregistration, on its way to a node. */
  private record Message(int at, int node, String id, boolean living) {}

  private final Random random;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Integer> living = new TreeMap<>();
  private final List<Message> messages = new ArrayList<>();
  private int ids;
  private int now;

  CacheWorld(Random random) {
    this.random = random;
    for (int i = 0; i < NODES; i++) {
      nodes.add(new Node());
    }
  }

  void advance(int millis) {
    for (int end = now + millis; now < end; ) {
      now += TICK;
      living.forEach((id, start) -> {
        if ((now - start) % BEAT == 0) {
          send(id, true);
        }
      });
      messages.removeIf(this::deliver);
    }
  }

  private void send(String id, boolean alive) {
    for (int node = 0; node < NODES; node++) {
      messages.add(new Message(now + random.nextInt(LAG), node, id, alive));
    }
  }

  private boolean deliver(Message message) {
    Node node = nodes.get(message.node());
    if (message.at() > now) {
      return false;
    }
    if (node.isUp(now) && message.living()) {
      node.heard.put(message.id(), now);
    } else if (node.isUp(now)) {
      node.heard.remove(message.id());
    }
    return true;
  }

  void register(int count) {
    for (int i = 0; i < count; i++) {
      String id = String.valueOf(ids++);
      living.put(id, now);
      send(id, true);
    }
  }

  /** Some instances end: with a deregistration, or without one. */
  void end(int count) {
    for (int i = 0; i < count && !living.isEmpty(); i++) {
      String id = new ArrayList<>(living.keySet()).get(random.nextInt(living.size()));
      living.remove(id);
      messages.removeIf(message -> message.id().equals(id));
      if (random.nextInt(3) > 0) {
        send(id, false);
      }
    }
  }

  /** A node restarts, and gets what its peer has, or nothing. */
  void restart(int node, boolean empty) {
    Node restarted = nodes.get(node);
    restarted.upSince = now + 1_000 + random.nextInt(5_000);
    restarted.heard.clear();
    if (!empty) {
      restarted.heard.putAll(nodes.get((node + 1) % NODES).heard);
    }
  }

  /** A node loses its memory, and does not know that. */
  void wipe(int node) {
    nodes.get(node).heard.clear();
  }

  boolean isUp(int node) {
    return nodes.get(node).isUp(now);
  }

  Settled settled(int node) {
    return now - nodes.get(node).upSince >= SETTLED ? Settled.YES : Settled.NO;
  }

  List<Instance> answer(int node) {
    Set<String> shown = new TreeSet<>();
    nodes.get(node).heard.forEach((id, at) -> {
      if (now - at < TTL) {
        shown.add(id);
      }
    });
    return shown.stream()
        .map(id -> new Instance("orders", id, Document.empty(), false))
        .toList();
  }

  /** Returns the instances that live, and have done so for this long. */
  Set<String> livingFor(int millis) {
    Set<String> old = new TreeSet<>();
    living.forEach((id, start) -> {
      if (now - start >= millis) {
        old.add(id);
      }
    });
    return old;
  }

  int now() {
    return now;
  }
}
