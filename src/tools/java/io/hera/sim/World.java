package io.hera.sim;

import io.hera.registry.Delta;
import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.wire.DeltasTarget;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The machines of one run, the network between them, their clients and their faults. */
final class World {
  /** Most entries that a node accepts in one answer. */
  static final int ENTRIES_MAX = 500;

  private static final byte[] HUGE = huge();

  final Plan plan;
  final Timeline timeline = new Timeline();
  final Random random;
  final Observer observer;
  private final Map<String, Machine> machines = new LinkedHashMap<>();
  private final Set<String> cuts = new HashSet<>();
  /** Machine → when its network comes up. */
  private final Map<String, Long> offlineUntil = new HashMap<>();

  private final Map<String, Bad> bad = new HashMap<>();
  private Plan.Weather weather;
  private int documents;

  private record Bad(Fault fault, long untilMillis) {}

  World(Plan plan) {
    this.plan = plan;
    this.random = new Random(plan.seed() * 0x9E3779B97F4A7C15L);
    this.weather = plan.weather();
    this.observer = new Observer(this);
    for (String name : plan.cluster().nodes()) {
      boolean old = plan.cluster().old().contains(name);
      machines.put(name, old ? new OldNode(name, this) : new SimNode(name, this));
    }
  }

  /** Starts all machines, and runs the events of the plan until its end. */
  void run() {
    machines.values().forEach(Machine::start);
    plan.events().forEach(event -> timeline.at(event.atMillis(), () -> happen(event)));
    timeline.runUntil(plan.endMillis());
  }

  List<SimNode> nodes() {
    List<SimNode> nodes = new ArrayList<>();
    machines.values().forEach(machine -> {
      if (machine instanceof SimNode node) {
        nodes.add(node);
      }
    });
    return nodes;
  }

  Machine machine(String name) {
    Machine machine = machines.get(name);
    if (machine == null) {
      throw new IllegalArgumentException("unknown node " + name);
    }
    return machine;
  }

  /** Whether a message of one node would reach the other, which is not faulty. */
  boolean well(String from, String to) {
    return reaches(from, to)
        && reaches(to, from)
        && faultOf(to) == null
        && machine(to).running();
  }

  private boolean reaches(String from, String to) {
    return !cuts.contains(from + ">" + to) && online(from) && online(to);
  }

  private boolean online(String name) {
    return offlineUntil.getOrDefault(name, 0L) <= timeline.now();
  }

  /** Whether all messages arrive, and soon. */
  boolean calm() {
    return weather.fair() && weather.delayMaxMillis() < 100;
  }

  // Events.

  private void happen(Event event) {
    observer.happens(event);
    switch (event.verb()) {
      case "cut" -> cuts.add(event.node() + ">" + event.argument(1));
      case "heal" -> cuts.clear();
      case "bad" ->
        bad.put(
            event.node(), new Bad(Fault.of(event.argument(1)), timeline.now() + event.millis()));
      case "forge" -> forge(event);
      case "put" -> put(event.node(), event.argument(1), event.millis());
      case "renew", "delete", "corrupt" -> client(event);
      default -> machine(event);
    }
  }

  private void machine(Event event) {
    Machine machine = machine(event.node());
    switch (event.verb()) {
      case "crash" -> {
        machine.crash();
        timeline.at(timeline.now() + event.millis(), () -> startAgain(machine));
      }
      case "late" -> offlineUntil.put(machine.name, timeline.now() + event.millis());
      case "pause" -> machine.pause(event.millis());
      case "clock" -> machine.clock.step(event.millis());
      default -> throw new IllegalArgumentException("unknown event: " + event.text());
    }
  }

  private static void startAgain(Machine machine) {
    if (!machine.up()) {
      machine.start();
    }
  }

  /** Registers with a new document, which the node may refuse; returns the document. */
  String put(String name, String path, long ttlMillis) {
    String document = "{\"k\": \"%s\", \"n\": %d}".formatted(path, ++documents);
    Machine machine = machine(name);
    if (machine.running() && machine instanceof SimNode node) {
      node.put(path, document, ttlMillis);
    } else if (machine.running()) {
      ((OldNode) machine).put(path, document);
    }
    return document;
  }

  /** The reply to a forged request is lost. */
  private void forge(Event event) {
    Machine asked = machine(event.node());
    if (asked.running()) {
      Handshake forged = Handshake.of(new NodeId(event.argument(1), "forged"));
      long seen = Math.max(0, asked.clock.millis() + event.millis());
      DeltasTarget target = DeltasTarget.of(Digest.of(asked.name, seen));
      asked.receive(new Request(forged.header(), Dialect.V2, target.encode()), reply -> {});
    }
  }

  private void client(Event event) {
    if (machine(event.node()) instanceof SimNode node && node.running()) {
      switch (event.verb()) {
        case "renew" -> node.renew(event.argument(1));
        case "delete" -> node.delete(event.argument(1));
        default -> node.corrupt(event.argument(1), node.clock.millis() + event.millis());
      }
    }
  }

  /** Ends all faults, and restarts killed nodes. */
  void heal() {
    cuts.clear();
    offlineUntil.clear();
    bad.clear();
    weather = Plan.Weather.FAIR;
    for (Machine machine : machines.values()) {
      startAgain(machine);
    }
    long pauses = machines.values().stream().mapToLong(Machine::pauseLeft).max().orElse(0);
    timeline.runUntil(timeline.now() + pauses);
  }

  void correctClocks() {
    machines.values().forEach(machine -> machine.clock.correct());
  }

  // The network.

  /**
   * Carries a request and its answer over the network; {@code answered} may be called never, once
   * or twice.
   *
   * @param refused is called instead if no process is there, and if the refusal arrives
   */
  void ask(
      Machine asker, String name, Request request, Consumer<Response> answered, Runnable refused) {
    Machine answerer = machine(name);
    if (!answerer.up()) {
      refuse(asker, answerer, refused);
      return;
    }
    carry(
        asker,
        answerer,
        () -> answerer.receive(request, response -> {
          Fault fault = faultOf(name);
          if (fault != Fault.HUNG) {
            long extra = fault == Fault.SLOW ? slowness() : 0;
            Response spoiled = spoil(fault, response);
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
    asker.later(2 * weather.delayMinMillis(), () -> {
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
        to.later(delay, () -> {
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
    long interval = plan.cluster().intervalMillis();
    return interval + random.nextLong(2 * interval);
  }

  private Response spoil(@Nullable Fault fault, Response response) {
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
