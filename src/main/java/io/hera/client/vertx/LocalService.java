package io.hera.client.vertx;

import io.hera.client.Balancer;
import io.hera.client.Document;
import io.hera.client.HeraException;
import io.hera.client.HeraProblem;
import io.hera.client.Instance;
import io.hera.client.Snapshot;
import io.hera.client.Snapshot.Freshness;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * A service, followed at the node of the same process: a lookup at {@code hera.lookup}, and each change at
 * {@code hera.changes.<service>}. Its state belongs to one context; any thread may read.
 *
 * <p>The node publishes changes in their order, and never one twice; those that come while a lookup is
 * under way are applied to its answer again. A lookup every 30 s shows that the node is there still, and
 * brings the changes of a time when it was not. While it is not, the last instances stay.
 */
final class LocalService implements Followed {
  private static final long CHECK_MILLIS = 30_000;
  private static final long RETRY_MILLIS = 1_000;
  private static final long NO_TIMER = -1;
  private static final Set<String> GONE = Set.of("expired", "dropped", "deregistered", "drained");
  private static final DeliveryOptions LOCAL =
      new DeliveryOptions().setLocalOnly(true).setSendTimeout(5_000);

  /** How many uses there are; {@link LocalServices} counts. */
  final AtomicInteger users = new AtomicInteger();

  private final HeraAddress address;
  private final Vertx vertx;
  private final Context context;
  private final LongSupplier nanos;
  private final Runnable left;
  private final Balancer balancer;
  private final Map<String, Instance> known = new TreeMap<>();
  private final List<JsonObject> changes = new ArrayList<>();
  private Optional<Future<Snapshot>> asked = Optional.empty();
  private Optional<MessageConsumer<JsonObject>> consumer = Optional.empty();
  private long nextAsk = NO_TIMER;
  private long leaving = NO_TIMER;
  private volatile Snapshot current;
  private volatile String reason = "";

  LocalService(HeraAddress address, LocalServices.Means means, Runnable left) {
    this.address = address;
    this.context = means.context();
    this.vertx = context.owner();
    this.nanos = means.nanos();
    this.left = left;
    this.current = snapshot(Freshness.COLD, nanos.getAsLong());
    this.balancer = Balancer.over(this::current, means.place(), nanos, means.bits());
  }

  /** Begins to follow. */
  void begin() {
    context.runOnContext(turn -> {
      EventBus bus = vertx.eventBus();
      consumer = Optional.of(bus.localConsumer(
          "hera.changes." + address.service(), message -> changed(message.body())));
      ask();
    });
  }

  /** Ends it: nothing changes any more. */
  void end() {
    context.runOnContext(turn -> {
      consumer.ifPresent(MessageConsumer::unregister);
      consumer = Optional.empty();
      vertx.cancelTimer(nextAsk);
    });
  }

  @Override
  public Snapshot current() {
    return current;
  }

  @Override
  public CompletionStage<Snapshot> first() {
    Promise<Snapshot> first = Promise.promise();
    context.runOnContext(turn -> ask().onComplete(first));
    return first.future().toCompletionStage();
  }

  @Override
  public Balancer balancer() {
    return balancer;
  }

  @Override
  public String reasons() {
    return reason;
  }

  @Override
  public void close() {
    if (users.decrementAndGet() == 0) {
      context.runOnContext(turn -> {
        vertx.cancelTimer(leaving);
        leaving = vertx.setTimer(LocalServices.WARM.toMillis(), timer -> left.run());
      });
    }
  }

  /** Asks the node, unless a lookup is under way, and later again: one timer for all callers. */
  private Future<Snapshot> ask() {
    if (asked.isPresent()) {
      return asked.get();
    }
    Future<Snapshot> answer = vertx
        .eventBus()
        .<JsonObject>request(
            "hera.lookup", new JsonObject().put("service", address.service()), LOCAL)
        .map(reply -> listed(reply.body()))
        .recover(this::lost);
    asked = Optional.of(answer);
    return answer.onComplete(ended -> {
      asked = Optional.empty();
      changes.clear();
      vertx.cancelTimer(nextAsk);
      long pause = ended.succeeded() ? CHECK_MILLIS : RETRY_MILLIS;
      nextAsk = vertx.setTimer(pause, timer -> consumer.ifPresent(still -> ask()));
    });
  }

  private Snapshot listed(JsonObject listing) {
    known.clear();
    listing.forEach(one -> put(one.getKey(), (JsonObject) one.getValue()));
    changes.forEach(this::apply);
    reason = "";
    return show(Freshness.FRESH);
  }

  private Future<Snapshot> lost(Throwable why) {
    int code = why instanceof ReplyException refused ? Math.max(0, refused.failureCode()) : 0;
    reason = "hera.lookup: " + why.getMessage();
    if (current.freshness() == Freshness.FRESH) {
      show(Freshness.HELD);
    }
    return Future.failedFuture(
        new HeraException(new HeraProblem(code, "about:blank", reason, "", "", "")));
  }

  private void changed(JsonObject change) {
    if (asked.isPresent()) {
      changes.add(change);
    }
    apply(change);
    if (current.freshness() != Freshness.COLD) {
      show(current.freshness());
    }
  }

  private void apply(JsonObject change) {
    if (GONE.contains(change.getString("type"))) {
      known.remove(change.getString("id"));
    } else {
      put(change.getString("id"), change.getJsonObject("instance"));
    }
  }

  private void put(String id, JsonObject json) {
    Document document = Document.of(json.toBuffer().getBytes());
    if (address.matches().stream().allMatch(match -> match.matches(document))) {
      known.put(id, new Instance(address.service(), id, document, false));
    } else {
      known.remove(id);
    }
  }

  private Snapshot show(Freshness freshness) {
    long since = freshness == current.freshness() ? current.sinceNanos() : nanos.getAsLong();
    Snapshot next = snapshot(freshness, since);
    if (!next.equals(current)) {
      current = next;
    }
    return current;
  }

  private Snapshot snapshot(Freshness freshness, long since) {
    return new Snapshot(address.service(), List.copyOf(known.values()), "", "", freshness, since);
  }
}
