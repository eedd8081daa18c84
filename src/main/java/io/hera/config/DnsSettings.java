package io.hera.config;

import static io.hera.config.Setting.Effect.LIVE;
import static io.hera.config.Setting.Effect.RESTART;
import static io.hera.config.source.ValueTypes.count;
import static io.hera.config.source.ValueTypes.duration;
import static io.hera.config.source.ValueTypes.size;

import io.hera.config.Setting.Derived;
import io.hera.config.Setting.Effect;
import io.hera.config.Setting.Fixed;
import io.hera.config.Setting.Standard;
import io.hera.config.source.ValueType;
import io.hera.config.source.ValueTypes;
import io.hera.wire.Networks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The rows for {@code dns} in the table of settings; see {@link Settings}. */
public final class DnsSettings {
  private static final List<Setting<?>> rows = new ArrayList<>();
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  public static final Setting<Integer> PORT = row(
      "port",
      ValueTypes.PORT,
      new Derived<>("none, no DNS", "8600", others -> 0),
      RESTART,
      Dns::port,
      "Port at which the node answers DNS, by UDP and TCP. 53 needs the right to it.",
      "Everyone whom dns.allow has can ask for what strangers may read: everything, without access.");

  public static final Setting<List<String>> HOST = row(
      "host",
      ValueTypes.ADDRESSES,
      new Derived<>(
          "127.0.0.1, and this node's host in the cluster if that is another IP address",
          "[127.0.0.1]",
          ClusterAddresses::answersAt),
      RESTART,
      Dns::hosts,
      "Addresses to answer DNS at, each named: of a socket for all, clients would drop the answers"
          + " that come from another address than they asked.",
      "");

  public static final Setting<String> DOMAIN = row(
      "domain",
      ValueTypes.DOMAIN,
      new Fixed<>("hera.internal"),
      RESTART,
      Dns::domain,
      "The domain of all names, as in orders.service.hera.internal. The same on all nodes.",
      "A domain that others have, too, hides theirs; internal is reserved for private use.");

  public static final Setting<Duration> TTL = row(
      "ttl",
      duration(Duration.ZERO, HOUR),
      new Fixed<>(SECOND),
      LIVE,
      Dns::ttl,
      "How long resolvers may keep an answer, in whole seconds.",
      "Longer: fewer questions, but instances that are gone are used for longer. 0: some resolvers"
          + " keep what they should not.");

  public static final Setting<Duration> NEGATIVE_TTL = row(
      "negative-ttl",
      duration(Duration.ZERO, HOUR),
      new Fixed<>(SECOND),
      LIVE,
      Dns::negativeTtl,
      "How long resolvers may keep that there is no such name, or no such record.",
      "Longer: a service that has just come is found later.");

  public static final Setting<Integer> UDP_BYTES = row(
      "udp-bytes",
      size(512, 65_507),
      new Fixed<>(1_232),
      RESTART,
      Dns::udpBytes,
      "Largest answer by UDP, if the client takes so much; larger ones are cut, and clients ask again"
          + " by TCP.",
      "More: fewer of those, but above 1232 datagrams are fragmented on some networks, and forged"
          + " questions get larger answers. 8192 on loopback.");

  public static final Setting<Networks> ALLOW = row(
      "allow",
      ValueTypes.NETWORKS,
      new Fixed<>(Networks.PRIVATE),
      LIVE,
      Dns::allow,
      "Who is answered. private is loopback, RFC 1918, 100.64.0.0/10, link-local and unique local"
          + " addresses.",
      "With any, the node answers forged questions of the whole internet, up to 20 times as long as"
          + " these.");

  public static final Setting<Integer> TCP_CONNECTIONS = row(
      "tcp-connections",
      count(1, 65_536),
      new Fixed<>(512),
      RESTART,
      Dns::tcpConnections,
      "Largest number of connections, 16 of which one address may have. One more takes the place of"
          + " that which has been idle for longest.",
      "More: more clients at once, but each is an open file of the process.");

  public static final Setting<Duration> IDLE_TIMEOUT = row(
      "idle-timeout",
      duration(SECOND, HOUR),
      new Fixed<>(Duration.ofSeconds(10)),
      RESTART,
      Dns::idleTimeout,
      "Time within which a question by TCP must be complete, and its answer read.",
      "Longer: clients that ask often need not reconnect.");

  static final List<Setting<?>> ROWS = List.copyOf(rows);

  private DnsSettings() {}

  private static <T> Setting<T> row(
      String key,
      ValueType<T> type,
      Standard<T> standard,
      Effect effect,
      Function<Dns, T> get,
      String meaning,
      String tradeOff) {
    Setting<T> row = new Setting<>(
        "dns." + key, type, standard, effect, config -> get.apply(config.dns()), meaning, tradeOff);
    rows.add(row);
    return row;
  }
}
