package io.hera.sim;

import io.hera.registry.Delta;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The network between the machines of a {@link World}: it delays, loses, doubles and cuts short what
 * it carries, and some machines are unreachable or answer with a {@link Fault}.
 */
final class Network {
  /** Most entries that a node accepts in one answer. */
  static final int ENTRIES_MAX = 500;

  private static final byte[] HUGE = huge();

  private final Timeline timeline;
  private final Random random;
  private final long intervalMillis;
  private final Set<String> cuts = new HashSet<>();
  /** Machine → when its network comes up. */
  private final Map<String, Long> offlineUntil = new HashMap<>();

  private final Map<String, Bad> bad = new HashMap<>();
  private Plan.Weather weather;

  private record Bad(Fault fault, long untilMillis) {}

  Network(Plan plan, Timeline timeline, Random random) {
    this.timeline = timeline;
    this.random = random;
    this.intervalMillis = plan.cluster().intervalMillis();
    this.weather = plan.weather();
  }

  /** The first machine no longer reaches the second. */
  void cut(String from, String to) {
    cuts.add(from + ">" + to);
  }

  /** All links work again. */
  void repair() {
    cuts.clear();
  }

  /** The machine reaches no other for a time, and none reaches it. */
  void offline(String name, long millis) {
    offlineUntil.put(name, timeline.now() + millis);
  }

  /** The answers of the machine have a fault for a time. */
  void spoil(String name, Fault fault, long millis) {
    bad.put(name, new Bad(fault, timeline.now() + millis));
  }

  /** Ends all troubles. */
  void heal() {
    cuts.clear();
    offlineUntil.clear();
    bad.clear();
    weather = Plan.Weather.FAIR;
  }

  /** Whether messages of each machine reach the other, and the answers of the second have no fault. */
  boolean well(String from, String to) {
    return reaches(from, to) && reaches(to, from) && faultOf(to) == null;
  }

  /** Whether all messages arrive, and soon. */
  boolean calm() {
    return weather.fair() && weather.delayMaxMillis() < 100;
  }

  private boolean reaches(String from, String to) {
    return !cuts.contains(from + ">" + to) && online(from) && online(to);
  }

  private boolean online(String name) {
    return offlineUntil.getOrDefault(name, 0L) <= timeline.now();
  }

  /**
   * Carries a request and its answer; {@code answered} may be called never, once or twice.
   *
   * @param refused is called instead if no process is there, and if the refusal arrives
   */
  void ask(
      Machine asker,
      Machine answerer,
      Request request,
      Consumer<Response> answered,
      Runnable refused) {
    if (!answerer.up()) {
      refuse(asker, answerer, refused);
      return;
    }
    carry(
        asker,
        answerer,
        () -> answerer.receive(request, response -> {
          Fault fault = faultOf(answerer.name);
          if (fault != Fault.HUNG) {
            long extra = fault == Fault.SLOW ? slowness() : 0;
            Response spoiled = spoiled(fault, response);
            answerer.later(extra, () -> reply(answerer, asker, spoiled, answered));
          }
        }));
  }

  private void reply(
      Machine answerer, Machine asker, Response response, Consumer<Response> answered) {
    boolean cut = random.nextInt(1_000) < weather.cut() && response.body().length > 0;
    Response arriving = cut ? response.with(part(response.body())) : response;
    carry(answerer, asker, () -> answered.accept(arriving));
  }

  /** The host of a process that does not run refuses connections. */
  private void refuse(Machine asker, Machine answerer, Runnable refused) {
    boolean lost = random.nextInt(1_000) < weather.loss();
    asker.arrives(2 * weather.delayMinMillis(), () -> {
      boolean arrives = reaches(asker.name, answerer.name) && reaches(answerer.name, asker.name);
      if (!lost && arrives && !answerer.up()) {
        refused.run();
      }
    });
  }

  private void carry(Machine from, Machine to, Runnable arrival) {
    int copies = random.nextInt(1_000) < weather.twice() ? 2 : 1;
    for (int copy = 0; copy < copies; copy++) {
      if (random.nextInt(1_000) >= weather.loss()) {
        long span = weather.delayMaxMillis() - weather.delayMinMillis();
        long delay = weather.delayMinMillis() + random.nextLong(span + 1);
        to.arrives(delay, () -> {
          if (reaches(from.name, to.name)) {
            arrival.run();
          }
        });
      }
    }
  }

  private @Nullable Fault faultOf(String name) {
    Bad now = bad.get(name);
    return now == null || now.untilMillis <= timeline.now() ? null : now.fault;
  }

  private long slowness() {
    return intervalMillis + random.nextLong(2 * intervalMillis);
  }

  private Response spoiled(@Nullable Fault fault, Response response) {
    if (fault == Fault.MALFORMED) {
      byte[] body = response.body().clone();
      for (int i = 0; i < body.length; i += 1 + random.nextInt(40)) {
        body[i] ^= (byte) (1 + random.nextInt(255));
      }
      return response.with(body);
    }
    return fault == Fault.HUGE ? response.with(HUGE) : response;
  }

  private byte[] part(byte[] body) {
    return Arrays.copyOf(body, random.nextInt(body.length));
  }

  private static byte[] huge() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i <= ENTRIES_MAX; i++) {
      byte[] document = "{}".getBytes(StandardCharsets.UTF_8);
      entries.add(new Registration(new Key("huge", "" + i), document, i + 1L, 0, 1_000));
    }
    OriginDelta part = new OriginDelta("a", 0, Long.MAX_VALUE >> 1, false, entries);
    return V2Codec.encode(
        new V2Answer(Handshake.of(new NodeId("a", "huge")), 0, 1_000, new Delta(List.of(part))));
  }
}
