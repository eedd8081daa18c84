package io.hera.sim;

import io.hera.registry.Entry;
import io.hera.registry.Inspection.StoredEntry;
import io.hera.registry.Key;
import io.hera.registry.LastCommands;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.registry.Selector;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The checks of P18. W1: a node shows exactly the registrations that no drain matches which it holds. W2:
 * after healing, all nodes have the same drains. W3: a drain comes back with a snapshot. W4: after
 * healing, the last command on a selector is in force, so a removal is final.
 */
final class DrainChecks {
  /** Commands on one selector that are nearer to each other may have their versions in either order. */
  private static final long APART_MILLIS = Allowances.AGREED_ERROR_MILLIS;

  private final World world;
  private final Allowances allowances;
  private final Checker checker;
  /** Text of a selector → the last command on it. */
  private final Map<String, Command> last = new TreeMap<>();

  DrainChecks(World world, Allowances allowances, Checker checker) {
    this.world = world;
    this.allowances = allowances;
    this.checker = checker;
  }

  /**
   * A command of an operator.
   *
   * @param drains false for a removal
   * @param endMillis when the drain ends
   * @param apart whether it came long after the one before
   */
  private record Command(boolean drains, long atMillis, long endMillis, boolean apart) {}

  void commanded(Selector selector, StoredEntry entry) {
    long now = world.timeline.now();
    Command before = last.get(selector.text());
    boolean apart = before == null || now - before.atMillis > APART_MILLIS;
    last.put(selector.text(), new Command(entry.registered(), now, now + entry.ttlMillis(), apart));
  }

  /** Checks W1. */
  void look(Sight sight) {
    SimNode node = sight.node();
    if (node.inspection.walking()) {
      return;
    }
    List<Selector> selectors = node.inspection.drains().stream()
        .filter(StoredEntry::registered)
        .map(entry -> Selector.parse(entry.key().id()).orElseThrow())
        .toList();
    Set<String> expected = new TreeSet<>();
    node.inspection.registrations().forEach((path, bytes) -> {
      if (selectors.stream().noneMatch(selector -> matches(selector, path, bytes))) {
        expected.add(path);
      }
    });
    Set<String> shown = sight.view().keySet();
    checker.check(
        shown.equals(expected),
        "W1",
        "%s shows %s instead of %s, with the drains %s",
        node.name,
        shown,
        expected,
        selectors);
  }

  private static boolean matches(Selector selector, String path, byte[] bytes) {
    if (selector instanceof Selector.OfInstance one) {
      return SimNode.path(one.key()).equals(path);
    }
    if (selector instanceof Selector.OfMember some) {
      String document = new String(bytes, StandardCharsets.UTF_8);
      return document.contains("\"%s\": \"%s\"".formatted(some.member(), some.value()));
    }
    return path.startsWith(((Selector.OfService) selector).service() + "/");
  }

  /** Checks W3: a removal or a later drain may have come back in place of a drain. */
  void restored(SimNode node, List<OriginDelta> saved) {
    Map<Key, Long> held = new HashMap<>();
    node.inspection
        .drains()
        .forEach(entry ->
            held.put(entry.key(), LastCommands.command(entry.version(), entry.document())));
    for (Entry entry : saved.stream().flatMap(part -> part.entries().stream()).toList()) {
      if (entry instanceof Registration one && one.key().isOfDrain() && isAlive(one)) {
        checker.check(
            held.getOrDefault(one.key(), 0L) >= LastCommands.command(one.version(), one.document()),
            "W3",
            "%s does not bring back the drain %s",
            node.name,
            one.key());
      }
    }
  }

  private static boolean isAlive(Registration one) {
    return one.ageMillis() < one.ttlMillis();
  }

  /** Checks W2 and W4. */
  void checkEqual() {
    List<SimNode> nodes = world.nodes();
    Set<String> ending = ending(nodes);
    Map<String, String> first = inForce(nodes.get(0), ending);
    nodes.forEach(node -> checker.check(
        inForce(node, ending).equals(first),
        "W2",
        "%s has the drains %s, %s has %s",
        nodes.get(0).name,
        first,
        node.name,
        inForce(node, ending)));
    if (!allowances.forgetful()) {
      Map<String, Command> going = new TreeMap<>(last);
      going.keySet().removeAll(ending);
      going.forEach((text, command) -> inForce(text, command, first.keySet()));
    }
  }

  private void inForce(String text, Command command, Set<String> inForce) {
    boolean ends = command.endMillis <= world.timeline.now() + aboutNowMillis();
    checker.check(
        !command.apart || ends || inForce.contains(text) == command.drains,
        "W4",
        "the last command on %s is %s, and the drains are %s",
        text,
        command,
        inForce);
  }

  /** Returns the drains of a node by selector, without these. */
  private static Map<String, String> inForce(SimNode node, Set<String> ending) {
    Map<String, String> drains = new TreeMap<>();
    node.inspection.drains().stream()
        .filter(entry -> entry.registered() && !ending.contains(entry.key().id()))
        .forEach(entry -> drains.put(entry.key().id(), entry.text()));
    return drains;
  }

  /** Returns the drains that end about now on a node: another one may have them for longer, or no more. */
  private Set<String> ending(List<SimNode> nodes) {
    return nodes.stream()
        .flatMap(node -> node.inspection.drains().stream()
            .filter(entry -> entry.registered()
                && entry.dueMillis() <= node.inspection.bootMillis() + aboutNowMillis())
            .map(entry -> entry.key().id()))
        .collect(Collectors.toSet());
  }

  /** Returns how far from now the end of a drain may be that one node still has, and another one no more. */
  private long aboutNowMillis() {
    return allowances.tolerance() + Allowances.PURGED_MILLIS;
  }
}
