package io.hera.http.eureka;

import io.hera.access.ServiceSet;
import io.hera.eureka.EurekaForm;
import io.hera.eureka.EurekaInstance;
import io.hera.eureka.EurekaListing;
import io.hera.http.Exchange;
import io.hera.http.PieceWriter;
import io.hera.http.RequestCounters;
import io.hera.http.SharedWalk.Coding;
import io.hera.registry.Key;
import io.hera.registry.View;
import io.hera.store.ServiceNames;
import io.hera.store.Store;
import io.hera.wire.GzipPieces;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lists of instances for clients of Eureka. One per HTTP verticle, used on its context only.
 *
 * <p>All clients ask for the whole list, again and again. So a list is made once, and kept until something changes; one that is long is
 * made at most once a second all the same. One at a time is made, by a worker. A list that is too long to be kept is written to each
 * client by itself, as fast as that reads.
 */
public final class EurekaLists {
  /** What the counters of instances that are left out call these lists. */
  static final String WAY = "eureka";

  /** Longer lists are not kept. */
  private static final long KEPT_BYTES_MAX = 8 << 20;

  /** Shorter lists cost as little as any other read, and are as fresh. */
  private static final long SHORT_BYTES = 64 << 10;

  private static final long ALL_KEPT_BYTES_MAX = 2 * KEPT_BYTES_MAX;
  private static final int KEPT_MAX = 64;
  private static final int QUEUE_MAX = 256;
  private static final int GZIP_MIN = 1_024;
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  /** Services of one application one after the other; that in lower case, to which clients write, first. */
  private static final Comparator<String> BY_APP = Comparator.comparing(
          (String service) -> EurekaInstance.app(service))
      .thenComparing(
          service -> !service.equals(EurekaInstance.service(EurekaInstance.app(service))))
      .thenComparing(Key.BYTE_ORDER);

  private final Vertx vertx;
  private final Store store;
  private final RequestCounters counters;
  private final LongSupplier nanos;
  /** The lists; the one used longest ago first. */
  private final Map<Asked, Rendering> kept = new LinkedHashMap<>(16, 0.75f, true);

  private final Map<Asked, UnderWay> underWay = new HashMap<>();
  private final Set<Asked> tooLong = new HashSet<>();
  private long bytes;
  private Future<?> tail = Future.succeededFuture();

  public EurekaLists(Vertx vertx, Store store, RequestCounters counters, LongSupplier nanos) {
    this.vertx = vertx;
    this.store = store;
    this.counters = counters;
    this.nanos = nanos;
  }

  /** A question of clients that may read the same services. */
  private record Asked(Question question, ServiceSet readable, EurekaForm form) {}

  private record UnderWay(long change, Future<Rendering> rendering) {}

  /** Says that a list is too long to be kept. */
  private static final class TooLong extends Exception {
    TooLong() {
      super("the list is too long to be kept", null, false, false);
    }
  }

  /** Replies with the instances asked for. */
  void reply(Exchange exchange, Question question, EurekaForm form) {
    reply(exchange, new Asked(question, exchange.readable(), form));
  }

  private void reply(Exchange exchange, Asked asked) {
    Rendering known = kept.get(asked);
    if (known != null && isLong(known) && nanos.getAsLong() - known.endNanos() < SECOND_NANOS) {
      send(exchange, asked, known);
      return;
    }
    store
        .serviceNames(View.Extent.ALL)
        .onSuccess(names -> reply(exchange, asked, names))
        .onFailure(exchange::fail);
  }

  private static boolean isLong(Rendering list) {
    return list.plain().length() >= SHORT_BYTES;
  }

  private void reply(Exchange exchange, Asked asked, ServiceNames names) {
    Rendering known = kept.get(asked);
    UnderWay made = underWay.get(asked);
    if (known != null && known.change() == names.change()) {
      send(exchange, asked, known);
    } else if (tooLong.contains(asked)) {
      stream(exchange, asked, names);
    } else if (made != null && made.change != names.change()) {
      made.rendering.onComplete(ended -> replyByNext(exchange, asked, names));
    } else {
      reply(exchange, asked, names, made != null ? made.rendering : make(asked, names));
    }
  }

  /** One that began after the question is fresh enough: else a client might wait as long as changes go on. */
  private void replyByNext(Exchange exchange, Asked asked, ServiceNames names) {
    UnderWay next = underWay.get(asked);
    if (next == null) {
      reply(exchange, asked);
    } else {
      reply(exchange, asked, names, next.rendering);
    }
  }

  private void reply(
      Exchange exchange, Asked asked, ServiceNames names, Future<Rendering> rendering) {
    rendering.onSuccess(list -> send(exchange, asked, list)).onFailure(failure -> {
      if (failure instanceof TooLong) {
        stream(exchange, asked, names);
      } else {
        exchange.fail(failure);
      }
    });
  }

  private Future<Rendering> make(Asked asked, ServiceNames names) {
    if (underWay.size() >= QUEUE_MAX) {
      return Future.failedFuture(new ProblemException(
          Problem.tooManyQuestions("too many lists for clients of Eureka are being made")));
    }
    Future<Rendering> made = tail.transform(before -> collect(asked, names));
    tail = made;
    underWay.put(asked, new UnderWay(names.change(), made));
    return made.onComplete(
        list -> {
          underWay.remove(asked);
          keep(asked, list);
        },
        failure -> {
          underWay.remove(asked);
          if (failure instanceof TooLong && tooLong.size() < KEPT_MAX) {
            tooLong.add(asked);
          }
        });
  }

  private Future<Rendering> collect(Asked asked, ServiceNames names) {
    List<byte[]> pieces = new ArrayList<>();
    long[] length = {0};
    Pass.Sink sink = piece -> {
      pieces.add(piece);
      length[0] += piece.length;
      return length[0] > KEPT_BYTES_MAX
          ? Future.failedFuture(new TooLong())
          : Future.succeededFuture();
    };
    return pass(asked, names, sink)
        .compose(listing -> vertx
            .executeBlocking(() -> Rendering.Text.of(pieces), false)
            .map(text -> new Rendering(
                names.change(),
                nanos.getAsLong(),
                listing.instances(),
                listing.leftOut(),
                text.plain(),
                text.gzip())));
  }

  private Future<EurekaListing> pass(Asked asked, ServiceNames names, Pass.Sink sink) {
    Question question = asked.question;
    EurekaListing listing = new EurekaListing(asked.form, question.extent(), question.wanted());
    return vertx
        .executeBlocking(() -> services(asked, names), false)
        .compose(services -> new Pass(vertx, store, question, listing, sink).through(services));
  }

  /** Returns the services of one application one after the other. */
  private static List<String> services(Asked asked, ServiceNames names) {
    return names.services().stream()
        .filter(asked.readable)
        .filter(asked.question::concerns)
        .sorted(BY_APP)
        .toList();
  }

  private void keep(Asked asked, Rendering list) {
    if (asked.question instanceof Question.One || list.instances() == 0) {
      return;
    }
    Rendering before = kept.put(asked, list);
    bytes += list.bytes() - (before == null ? 0 : before.bytes());
    Iterator<Rendering> oldest = kept.values().iterator();
    while ((bytes > ALL_KEPT_BYTES_MAX || kept.size() > KEPT_MAX) && oldest.hasNext()) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }

  private void send(Exchange exchange, Asked asked, Rendering list) {
    counters.leftOut().count(WAY, list.leftOut());
    if (list.instances() == 0 && !(asked.question instanceof Question.All)) {
      exchange.problem(Problem.unknownInstance());
    } else if (exchange.acceptsGzip() && list.plain().length() >= GZIP_MIN) {
      exchange.gzipped(asked.form.type(), list.gzip());
    } else {
      exchange.body(asked.form.type(), list.plain());
    }
  }

  /** Writes a long list to one client. */
  private void stream(Exchange exchange, Asked asked, ServiceNames names) {
    Coding coding = exchange.begin(asked.form.type());
    if (exchange.ended()) {
      return;
    }
    StreamedReply reply = new StreamedReply(vertx, exchange, coding);
    pass(asked, names, reply)
        .onSuccess(listing -> {
          reply.end();
          counters.leftOut().count(WAY, listing.leftOut());
          if (reply.length() <= KEPT_BYTES_MAX) {
            tooLong.remove(asked);
          }
        })
        .onFailure(failure -> exchange.abort());
  }

  /** A long list on its way to one client. */
  private static final class StreamedReply implements Pass.Sink {
    private final Vertx vertx;
    private final Exchange exchange;
    private final Coding coding;
    private final PieceWriter out;
    private long length;

    StreamedReply(Vertx vertx, Exchange exchange, Coding coding) {
      this.vertx = vertx;
      this.exchange = exchange;
      this.coding = coding;
      this.out = new PieceWriter(exchange, coding);
    }

    @Override
    public Future<Void> take(byte[] piece) {
      length += piece.length;
      if (coding == Coding.PLAIN) {
        out.write(Buffer.buffer(piece), 0, piece.length);
        return exchange.room();
      }
      return vertx.executeBlocking(() -> GzipPieces.compress(piece), false).compose(gzip -> {
        out.write(Buffer.buffer(gzip.bytes()), gzip.crc(), piece.length);
        return exchange.room();
      });
    }

    void end() {
      out.end();
    }

    long length() {
      return length;
    }
  }
}
