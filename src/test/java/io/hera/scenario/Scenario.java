package io.hera.scenario;

import io.hera.registry.Clocks;
import io.hera.registry.Outcome;
import io.hera.registry.RegistryLimits;
import io.hera.registry.TestNode;
import io.hera.testkit.TestLimits;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The interpreter of a scenario: a text with one command per line. Times are {@code 250ms},
 * {@code 10s}, {@code 5m}, {@code 1h} or {@code 365d}; {@code *} stands for all nodes; {@code #} begins a
 * comment.
 *
 * <pre>
 * node a b c                  defines the cluster; the first command
 * limits instances=2          sets a limit on all nodes; {@code limits ttl-max=1h} the longest ttl
 * put a orders/1 {"v":1}      must succeed; {@code ttl a orders/1 15s {"v":1}} chooses a ttl
 * renew a orders/1            must succeed
 * delete a orders/1           must succeed
 * refused a orders/2 {}       puts, and must be refused
 * cut a b, heal               cuts a link, both ways; repairs all links
 * pull b a                    runs one whole pull of b from a, unless the link is cut
 * rounds 3                    lets each node pull from each other one, three times
 * wipe a, recover a           kills a node; lets it recover from the peers it can reach. A peer
 *                             that it cannot reach then is asked for a's entries at the next pull
 * clock a -5s                 steps the wall clock
 * claim b 20s                 a stranger claims to have all of b up to that time from now
 * advance 10s, pause a 20s    lets time pass; a is held up, the others are not
 * remove c                    removes c from the cluster map of the others
 * expect b orders 1={"v":1}   exactly these instances; {@code expect b orders} none
 * </pre>
 */
final class Scenario {
  private final Map<String, TestNode> nodes = new LinkedHashMap<>();
  private final Set<String> cuts = new HashSet<>();
  /** Asker and peer, where the peer owes the asker its own entries (P7). */
  private final Set<String> debts = new HashSet<>();

  private RegistryLimits limits = TestLimits.DEFAULT;
  private Set<String> members = Set.of();

  void run(String file, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          execute(List.of(line.split("\\s+")));
        } catch (AssertionError | RuntimeException failure) {
          String text = "%s:%d: %s: %s".formatted(file, i + 1, line, failure.getMessage());
          throw new AssertionError(text, failure);
        }
      }
    }
  }

  private void execute(List<String> arguments) {
    List<String> rest = arguments.subList(1, arguments.size());
    switch (arguments.get(0)) {
      case "node" -> cluster(rest);
      case "limits" -> limits(rest.get(0));
      case "put" -> same(Outcome.DONE, node(rest).put(rest.get(1), rest.get(2)));
      case "ttl" ->
        same(Outcome.DONE, node(rest).put(rest.get(1), rest.get(3), millis(rest.get(2))));
      case "renew" -> same(Outcome.DONE, node(rest).renew(rest.get(1)));
      case "delete" -> same(Outcome.DONE, node(rest).delete(rest.get(1)));
      case "refused" -> refused(node(rest).put(rest.get(1), rest.get(2)));
      case "expect" -> expect(rest);
      default -> world(arguments.get(0), rest);
    }
  }

  private void world(String command, List<String> arguments) {
    switch (command) {
      case "cut" -> cuts.addAll(links(arguments.get(0), arguments.get(1)));
      case "heal" -> cuts.clear();
      case "pull" -> pull(node(arguments), nodes.get(arguments.get(1)));
      case "rounds" -> rounds(Integer.parseInt(arguments.get(0)));
      case "wipe" -> wipe(node(arguments));
      case "recover" -> recover(node(arguments));
      case "clock" -> node(arguments).clocks.step(millis(arguments.get(1)));
      case "claim" -> claim(node(arguments), millis(arguments.get(1)));
      case "advance" -> nodes.values().forEach(node -> node.advance(millis(arguments.get(0))));
      case "pause" -> pause(node(arguments), millis(arguments.get(1)));
      case "remove" -> remove(arguments.get(0));
      default -> throw new IllegalArgumentException("unknown command");
    }
  }

  private void cluster(List<String> names) {
    members = Set.copyOf(names);
    names.forEach(name -> nodes.put(name, new TestNode(name, members, limits, new Clocks())));
  }

  private void limits(String setting) {
    String value = setting.substring(setting.indexOf('=') + 1);
    limits = setting.startsWith("ttl-max=")
        ? TestLimits.lifetimes(limits.livenessMillis(), limits.ttlMinMillis(), millis(value))
        : TestLimits.capacity(100, Long.parseLong(value), 1 << 20);
    configure();
  }

  private void configure() {
    nodes.values().forEach(node -> node.configure(members, limits));
  }

  private void remove(String name) {
    nodes.remove(name);
    members = Set.copyOf(nodes.keySet());
    configure();
  }

  private void rounds(int count) {
    for (int round = 0; round < count; round++) {
      nodes.values().forEach(asker -> nodes.values().forEach(peer -> pull(asker, peer)));
    }
  }

  private void pull(TestNode asker, TestNode peer) {
    if (asker != peer && !cuts.contains(asker.name + peer.name)) {
      if (debts.remove(asker.name + peer.name)) {
        asker.takeBack(peer);
      }
      asker.pull(peer);
    }
  }

  private void wipe(TestNode node) {
    node.wipe();
    nodes.keySet().forEach(peer -> debts.add(node.name + peer));
  }

  private void recover(TestNode node) {
    nodes.values().forEach(peer -> pull(node, peer));
    node.registry().recovered();
    node.registry().synchronised();
  }

  private static void claim(TestNode node, long millis) {
    node.answer(node.name, node.clocks.millis() + millis);
  }

  private void pause(TestNode paused, long millis) {
    nodes.values().stream().filter(node -> node != paused).forEach(node -> node.advance(millis));
    paused.pause(millis);
  }

  private void expect(List<String> arguments) {
    Map<String, String> expected = new TreeMap<>();
    for (String instance : arguments.subList(2, arguments.size())) {
      int equals = instance.indexOf('=');
      expected.put(instance.substring(0, equals), instance.substring(equals + 1));
    }
    Collection<TestNode> asked =
        arguments.get(0).equals("*") ? nodes.values() : List.of(node(arguments));
    for (TestNode node : asked) {
      Map<String, String> found = node.service(arguments.get(1));
      if (!found.equals(expected)) {
        throw new AssertionError("expected %s, found %s on %s".formatted(expected, found, node));
      }
    }
  }

  private static void same(Outcome expected, Outcome found) {
    boolean late = expected == Outcome.DONE && found == Outcome.DONE_LATE;
    if (expected != found && !late) {
      throw new AssertionError("expected %s, found %s".formatted(expected, found));
    }
  }

  private static void refused(Outcome found) {
    if (found.isDone()) {
      throw new AssertionError("expected a refusal, found DONE");
    }
  }

  private TestNode node(List<String> arguments) {
    return Objects.requireNonNull(nodes.get(arguments.get(0)), "unknown node " + arguments.get(0));
  }

  private static Set<String> links(String one, String other) {
    return new TreeSet<>(Arrays.asList(one + other, other + one));
  }

  private static long millis(String time) {
    String unit = time.replaceAll("[-+0-9]", "");
    long number = Long.parseLong(time.substring(0, time.length() - unit.length()));
    return number
        * switch (unit) {
          case "ms" -> 1;
          case "s" -> 1_000;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          case "d" -> 86_400_000;
          default -> throw new IllegalArgumentException("unknown unit of time: " + time);
        };
  }
}
