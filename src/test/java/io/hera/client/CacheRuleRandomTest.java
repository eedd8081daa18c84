package io.hera.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.client.CacheCommand.AskAgain;
import io.hera.client.CacheCommand.AskOther;
import io.hera.client.CacheCommand.AskStatus;
import io.hera.client.CacheCommand.Move;
import io.hera.client.CacheCommand.WakeAt;
import io.hera.client.Reply.Settled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the cache rule over seeds: a view follows nodes that restart, forget and lag ({@link
 * CacheWorld}). It never drops a living instance, and shows exactly the living ones in the end.
 */
class CacheRuleRandomTest {
  private static final int SEEDS = 40;
  private static final int LATENCY = 300;
  private static final int SETTLE = 2_000;
  private static final int MINUTES = 6;

  /** An event of the rule on its way. Its content is that of the time of the answer. */
  private record Due(int at, Supplier<CacheEvent> event) {}

  static IntStream seeds() {
    return IntStream.range(0, SEEDS);
  }

  private Random random = new Random(0);
  private CacheWorld world = new CacheWorld(random);
  private CacheRule rule = rule();
  private final List<Due> due = new ArrayList<>();
  private final Set<String> seen = new TreeSet<>();
  private int node;
  private int wakeAt = Integer.MAX_VALUE;
  private int askAt;
  private String tag = "";
  private boolean lost;

  private CacheRule rule() {
    return new CacheRule("orders", Duration.ofSeconds(60), random, 0);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aViewKeepsTheLivingAndConverges(int seed) {
    random = new Random(seed);
    world = new CacheWorld(random);
    rule = rule();
    world.register(1 + random.nextInt(20));
    run(15_000, seed);
    for (int i = 0; i < MINUTES * 3; i++) {
      change();
      run(20_000 + random.nextInt(10_000), seed);
    }
    run(130_000, seed);
    assertThat(shown()).as("seed %s", seed).isEqualTo(world.livingFor(0));
    assertThat(rule.current().instances()).noneMatch(Instance::held);
  }

  private void change() {
    int chosen = random.nextInt(CacheWorld.NODES);
    switch (random.nextInt(8)) {
      case 0 -> world.restart(chosen, true);
      case 1 -> world.restart(chosen, false);
      case 2 -> world.wipe(chosen);
      case 3 -> IntStream.range(0, CacheWorld.NODES).forEach(each -> world.restart(each, true));
      case 4 -> world.end(random.nextInt(20));
      case 5 -> world.end(1);
      default -> world.register(random.nextInt(8));
    }
  }

  private void run(int millis, int seed) {
    for (int end = world.now() + millis; world.now() < end; ) {
      world.advance(CacheWorld.TICK);
      follow();
      deliver();
      seen.addAll(shown());
      seen.retainAll(world.livingFor(0));
      assertThat(shown()).as("seed %s at %s ms", seed, world.now()).containsAll(seen);
    }
  }

  private Set<String> shown() {
    return rule.current().instances().stream()
        .map(Instance::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Waits at a node for a change, and goes to another one if it is away. */
  private void follow() {
    if (!world.isUp(node) && !lost) {
      lost = true;
      fire(new CacheEvent.Lost());
      askAt = world.now() + random.nextInt(SETTLE);
    } else if (lost && world.now() >= askAt) {
      node = random.nextInt(CacheWorld.NODES);
      if (world.isUp(node)) {
        lost = false;
        fire(ask(node));
      }
    } else if (!lost && !tagOf(node).equals(tag)) {
      fire(ask(node));
    }
  }

  private String tagOf(int answering) {
    return world.answer(answering).stream().map(Instance::id).collect(Collectors.joining(","));
  }

  private CacheEvent ask(int answering) {
    return tagOf(answering).equals(tag) && !rule.current().node().isEmpty()
        ? new CacheEvent.Unchanged(name(answering), said(answering))
        : new CacheEvent.Answered(reply(answering));
  }

  private Reply reply(int answering) {
    return new Reply(name(answering), tagOf(answering), world.answer(answering), said(answering));
  }

  /** Nodes say only sometimes how long they are up. */
  private Settled said(int answering) {
    return random.nextBoolean() ? world.settled(answering) : Settled.UNKNOWN;
  }

  private static String name(int node) {
    return "node" + node;
  }

  private void deliver() {
    List<Due> now = due.stream()
        .filter(event -> event.at() <= world.now())
        .sorted(Comparator.comparingInt(Due::at))
        .toList();
    due.removeAll(now);
    now.forEach(event -> fire(event.event().get()));
    if (wakeAt <= world.now()) {
      wakeAt = Integer.MAX_VALUE;
      fire(new CacheEvent.Woken());
    }
  }

  private void fire(CacheEvent event) {
    List<CacheCommand> commands = rule.on(event, world.now() * 1_000_000L);
    tag = rule.current().tag();
    commands.forEach(this::obey);
  }

  private void obey(CacheCommand command) {
    if (command instanceof WakeAt wake) {
      wakeAt = (int) (wake.nanos() / 1_000_000) + 1;
    } else if (command instanceof Move move) {
      node = Integer.parseInt(move.node().substring(4));
    } else if (command instanceof AskAgain ask) {
      int asked = node;
      later(ask.delay(), () -> lost || node != asked ? new CacheEvent.Woken() : ask(asked));
    } else if (command instanceof AskStatus ask) {
      int asked = Integer.parseInt(ask.node().substring(4));
      later(
          Duration.ZERO,
          () -> new CacheEvent.StatusKnown(
              ask.node(), world.isUp(asked) ? world.settled(asked) : Settled.UNKNOWN));
    } else if (command instanceof AskOther ask) {
      later(ask.delay(), () -> opinion(ask));
    }
  }

  private void later(Duration delay, Supplier<CacheEvent> event) {
    due.add(new Due(world.now() + (int) delay.toMillis() + random.nextInt(LATENCY), event));
  }

  private CacheEvent opinion(AskOther ask) {
    List<Integer> others = IntStream.range(0, CacheWorld.NODES)
        .filter(other -> !ask.except().contains(name(other)))
        .boxed()
        .toList();
    if (others.isEmpty()) {
      return new CacheEvent.NoOther(ask.question());
    }
    int other = others.get(random.nextInt(others.size()));
    if (!world.isUp(other)) {
      return new CacheEvent.Silent(ask.question(), name(other));
    }
    return tagOf(other).equals(ask.tag())
        ? new CacheEvent.Confirmed(ask.question(), name(other), said(other))
        : new CacheEvent.Differed(ask.question(), reply(other));
  }
}
