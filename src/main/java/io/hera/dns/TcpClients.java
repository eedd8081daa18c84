package io.hera.dns;

import io.hera.store.NextTurn;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The TCP connections of a DNS server. One too many takes the place of that which has been idle for longest. Used on the context of the
 * server.
 */
final class TcpClients {
  static final int PER_SOURCE_MAX = 16;

  private final Vertx vertx;
  private final NextTurn nextTurn;
  private final int connectionsMax;
  private final long idleMillis;
  private final BiFunction<byte[], Sender, Future<Optional<byte[]>>> answers;
  /** Connection → source, that which was active last at the end. */
  private final Map<TcpClient, InetAddress> open = new LinkedHashMap<>(16, 0.75f, true);

  TcpClients(
      Vertx vertx,
      NextTurn nextTurn,
      int connectionsMax,
      long idleMillis,
      BiFunction<byte[], Sender, Future<Optional<byte[]>>> answers) {
    this.vertx = vertx;
    this.nextTurn = nextTurn;
    this.connectionsMax = connectionsMax;
    this.idleMillis = idleMillis;
    this.answers = answers;
  }

  /** Takes a connection. */
  void opened(NetSocket socket, Sender sender) {
    List<TcpClient> same = open.entrySet().stream()
        .filter(one -> one.getValue().equals(sender.address()))
        .map(Map.Entry::getKey)
        .toList();
    boolean room = (same.size() < PER_SOURCE_MAX || closeIdle(same))
        && (open.size() < connectionsMax || closeIdle(List.copyOf(open.keySet())));
    if (!room) {
      socket.close();
      return;
    }
    TcpClient client = new TcpClient(
        socket, vertx, idleMillis, message -> answers.apply(message, sender), nextTurn, open::get);
    open.put(client, sender.address());
    client.open(() -> open.remove(client));
  }

  /** Closes the first of these that is idle, and returns whether there was one. */
  private boolean closeIdle(List<TcpClient> some) {
    Optional<TcpClient> idle = some.stream().filter(TcpClient::isIdle).findFirst();
    idle.ifPresent(client -> {
      open.remove(client);
      client.close();
    });
    return idle.isPresent();
  }
}
