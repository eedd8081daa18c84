package io.hera.http;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The clients that still come without TLS, while the cluster switches over: so many addresses as an operator can look after, the last ones
 * that came. One per node; any thread adds to it and reads it. Times are monotonic milliseconds.
 */
public final class PlaintextClients {
  static final int ADDRESSES_MAX = 100;

  private final Map<String, Client> clients = new ConcurrentHashMap<>();
  private final LongAdder requests = new LongAdder();

  /** The requests from one address. */
  private static final class Client {
    final LongAdder requests = new LongAdder();
    final AtomicLong lastMillis = new AtomicLong();
  }

  /**
   * The requests from one address.
   *
   * @param requests since it was noted
   * @param ageMillis since the last one
   */
  public record Seen(long requests, long ageMillis) {}

  /** Notes a request. */
  void came(String address, long nowMillis) {
    requests.increment();
    Client client = clients.computeIfAbsent(address, any -> new Client());
    client.requests.increment();
    client.lastMillis.set(nowMillis);
    if (clients.size() > ADDRESSES_MAX) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    clients.entrySet().stream()
        .min(Comparator.comparingLong(entry -> entry.getValue().lastMillis.get()))
        .ifPresent(oldest -> clients.remove(oldest.getKey(), oldest.getValue()));
  }

  /** Returns the number of requests. */
  public long requests() {
    return requests.sum();
  }

  /** Returns the last addresses. */
  public Map<String, Seen> seen(long nowMillis) {
    Map<String, Seen> seen = new TreeMap<>();
    clients.forEach((address, client) -> seen.put(
        address,
        new Seen(client.requests.sum(), Math.max(0, nowMillis - client.lastMillis.get()))));
    return seen;
  }
}
