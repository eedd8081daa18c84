package io.hera.dns;

import io.hera.dns.DnsCounters.Drop;
import io.hera.dns.Query.Edns;
import io.hera.dns.Received.Faulty;
import io.hera.dns.ReplyWriter.Place;
import io.hera.dns.Sender.Transport;
import io.hera.dns.Written.Extent;
import io.hera.wire.NodeStatus;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Answers queries, without sockets. One per DNS server, used on its context.
 *
 * <p>A node that is not ready says SERVFAIL, and never that a name does not exist: resolvers would keep that, and proxies would drop
 * all their servers. For the same reason it says nothing about names of other domains but REFUSED.
 */
final class NameServer {
  private static final int UDP_BYTES_MIN = 512;
  private static final int TCP_BYTES_MAX = 65_535;
  private static final int SERVER_PORT = 53;
  private static final int PENDING_MAX = 10_000;

  private final Directory directory;
  private final Sheets sheets;
  private final Place place;
  private final DnsCounters counters;
  private final Failures failures;
  private final RandomGenerator random;
  private final Name domain;
  private final Supplier<Terms> current;
  private int pending;

  /**
   * A name server.
   *
   * @param random shuffles answers
   */
  NameServer(
      Name domain,
      Directory directory,
      Sheets sheets,
      Place place,
      Supplier<Terms> current,
      DnsCounters counters,
      Failures failures,
      RandomGenerator random) {
    this.domain = domain;
    this.directory = directory;
    this.sheets = sheets;
    this.place = place;
    this.current = current;
    this.counters = counters;
    this.failures = failures;
    this.random = random;
  }

  /** Returns the counts so far. */
  NodeStatus.Dns report() {
    return counters.report(directory.names().size());
  }

  /** Returns the answer to a message; empty if it gets none. */
  Future<Optional<byte[]>> answer(byte[] message, Sender sender) {
    boolean allowed = current.get().allow().contain(sender.address());
    if (!allowed && sender.transport() == Transport.UDP) {
      return dropped(Drop.SENDER);
    }
    Received received = QueryReader.read(message);
    if (received instanceof Received.Ignored || sender.port() == 0) {
      return dropped(Drop.NO_QUERY);
    } else if (received instanceof Faulty faulty) {
      return faulty(faulty, sender);
    }
    Query query = ((Received.Question) received).query();
    return allowed
        ? answer(query, sender)
        : Future.succeededFuture(Optional.of(write(query, sender, Reply.error(Rcode.REFUSED))));
  }

  private Future<Optional<byte[]>> dropped(Drop why) {
    counters.dropped(why);
    return Future.succeededFuture(Optional.empty());
  }

  /** An error to a server's own port might be answered by an error. */
  private Future<Optional<byte[]>> faulty(Faulty faulty, Sender sender) {
    if (sender.port() == SERVER_PORT) {
      return dropped(Drop.SERVER_PORT);
    }
    counters.answered(sender.transport(), 0, faulty.rcode());
    return Future.succeededFuture(Optional.of(ReplyWriter.header(faulty)));
  }

  private Future<Optional<byte[]>> answer(Query query, Sender sender) {
    if (pending >= PENDING_MAX) {
      return dropped(Drop.BUSY);
    }
    pending++;
    return reply(query)
        .map(reply -> write(query, sender, reply))
        .recover(defect -> {
          failures.failed(defect);
          return Future.succeededFuture(write(query, sender, Reply.error(Rcode.SERVFAIL)));
        })
        .onComplete(done -> pending--)
        .map(Optional::of);
  }

  private Future<Reply> reply(Query query) {
    try {
      Optional<Reply> refusal = refusal(query);
      return refusal.isPresent()
          ? Future.succeededFuture(refusal.get())
          : reply(query, new Zone(domain, directory.names()).asked(query.name()));
    } catch (RuntimeException defect) {
      return Future.failedFuture(defect);
    }
  }

  /** Returns the answer to a query that no name decides. */
  private Optional<Reply> refusal(Query query) {
    if (query.edns().map(Edns::version).orElse(0) > 0) {
      return Optional.of(Reply.error(Rcode.BADVERS));
    } else if (query.dclass() != DClass.IN
        || query.type() == Type.AXFR
        || query.type() == Type.IXFR
        || !query.name().subdomain(domain)) {
      return Optional.of(Reply.error(Rcode.REFUSED));
    }
    return directory.loaded() ? Optional.empty() : Optional.of(Reply.error(Rcode.SERVFAIL));
  }

  private Future<Reply> reply(Query query, Asked asked) {
    return asked instanceof Asked.Instances instances && directory.readable(instances.service())
        ? sheets.of(instances.service()).map(sheet -> reply(query, sheet, instances))
        : Future.succeededFuture(withoutInstances(query, asked));
  }

  private Reply reply(Query query, Sheet sheet, Asked.Instances asked) {
    return sheet
        .group(asked.part(), asked.zone())
        .map(group -> Reply.of(group.records(query.type(), random)))
        .orElseGet(() -> withoutInstances(query, asked.otherwise()));
  }

  private Reply withoutInstances(Query query, Asked asked) {
    if (asked instanceof Asked.Apex) {
      return Reply.of(apex(query.type()));
    } else if (asked instanceof Asked.NameServer) {
      return addresses(query, current.get().nodes().values().stream());
    } else if (asked instanceof Asked.OneNode node) {
      return node(query, node.key());
    } else if (asked instanceof Asked.Empty) {
      return Reply.noData();
    }
    return asked instanceof Asked.Foreign ? Reply.error(Rcode.REFUSED) : Reply.noName();
  }

  private List<Rr> apex(int type) {
    return switch (type) {
      case Type.SOA ->
        List.of(place.apex().soa(Query.HEADER_BYTES, current.get().negativeTtlSeconds()));
      case Type.NS -> List.of(place.apex().ns(Query.HEADER_BYTES));
      case Type.ANY -> List.of(Rdata.ANY);
      default -> List.of();
    };
  }

  private Reply node(Query query, String key) {
    List<Map.Entry<String, InetAddress>> nodes = current.get().nodes().entrySet().stream()
        .filter(node -> Labels.of(node.getKey()).map(Labels::key).orElse("").endsWith(key))
        .toList();
    if (nodes.isEmpty()) {
      return Reply.noName();
    }
    return addresses(
        query,
        nodes.stream()
            .filter(node -> Labels.of(node.getKey()).map(Labels::key).orElse("").equals(key))
            .map(Map.Entry::getValue));
  }

  private static Reply addresses(Query query, Stream<InetAddress> nodes) {
    List<Rr> records = nodes.distinct().map(Rdata::address).toList();
    return Reply.of(
        query.type() == Type.ANY && !records.isEmpty()
            ? List.of(Rdata.ANY)
            : records.stream().filter(record -> record.type() == query.type()).toList());
  }

  private byte[] write(Query query, Sender sender, Reply reply) {
    Written written =
        ReplyWriter.write(query, reply, place, current.get(), limit(query, sender), random);
    counters.answered(sender.transport(), query.type(), written.rcode());
    if (written.extent() == Extent.TRUNCATED) {
      counters.truncated(sender.transport());
    }
    return written.bytes();
  }

  private int limit(Query query, Sender sender) {
    if (sender.transport() == Transport.TCP) {
      return TCP_BYTES_MAX;
    }
    int wanted = query.edns().map(Edns::bytesMax).orElse(UDP_BYTES_MIN);
    return Math.min(place.udpBytes(), Math.max(UDP_BYTES_MIN, wanted));
  }
}
