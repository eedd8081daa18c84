package io.hera.sim;

import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.registry.Selector;
import io.hera.wire.DeltasTarget;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The machines of one run, the network between them, their clients and their faults. */
final class World {
  /** The first character of the names of the other cluster's nodes, in events. */
  static final String FOREIGN = "~";

  final Plan plan;
  final Timeline timeline;
  final Random random;
  final Observer observer;
  private final Map<String, Machine> machines = new LinkedHashMap<>();
  /** Those of the machines that are of this version. */
  private final List<SimNode> allNodes;

  private final Network network;
  /** The names that any node has had in its configuration. */
  private final Set<String> joined = new TreeSet<>();
  /** Those of them that the configuration of another node has no longer. */
  private final Set<String> departed = new HashSet<>();

  private final Set<String> stopped = new HashSet<>();
  private final Optional<World> foreign;
  /** Node → the node of the other cluster to which its address leads. */
  private final Map<String, Machine> routes = new HashMap<>();

  private final List<Twin> twins = new ArrayList<>();

  private final String label;
  private int documents;

  World(Plan plan) {
    this(plan, new Timeline(), new Random(plan.seed() * 0x9E3779B97F4A7C15L), "");
  }

  private World(Plan plan, Timeline timeline, Random random, String label) {
    this.plan = plan;
    this.timeline = timeline;
    this.random = random;
    this.label = label;
    this.network = new Network(plan, timeline, random);
    this.observer = new Observer(this);
    joined.addAll(plan.cluster().nodes());
    for (String name : plan.names()) {
      boolean old = plan.cluster().old().contains(name);
      machines.put(name, old ? new OldNode(name, this) : new SimNode(name, this, observer));
    }
    this.allNodes = machines.values().stream()
        .filter(SimNode.class::isInstance)
        .map(SimNode.class::cast)
        .toList();
    this.foreign = plan.foreign().equals(Plan.Foreign.NONE)
        ? Optional.empty()
        : Optional.of(new World(plan.ofForeign(), timeline, random, FOREIGN));
  }

  /** Starts all machines, and runs the events of the plan until its end. */
  void run() {
    worlds().forEach(World::start);
    plan.events().forEach(event -> timeline.at(event.atMillis(), () -> happen(event)));
    timeline.runUntil(plan.endMillis());
  }

  private void start() {
    plan.cluster().nodes().forEach(name -> machine(name).start());
  }

  /** Returns this cluster, and the other one if there is one. */
  List<World> worlds() {
    return foreign.map(other -> List.of(this, other)).orElse(List.of(this));
  }

  private World other() {
    return foreign.orElseThrow(() -> new IllegalArgumentException("no other cluster"));
  }

  /** Returns the nodes of the cluster, without those that have departed or not joined yet. */
  List<SimNode> nodes() {
    Set<String> members = members();
    return allNodes.stream().filter(node -> members.contains(node.name)).toList();
  }

  /** Returns the nodes that are, have been or will be in the cluster. */
  List<SimNode> allNodes() {
    return allNodes;
  }

  /** Returns the names of all nodes, in order. */
  List<String> names() {
    return List.copyOf(machines.keySet());
  }

  /** Returns the names of the nodes that every node will have in its configuration. */
  private Set<String> members() {
    Set<String> members = new TreeSet<>(joined);
    members.removeAll(departed);
    return members;
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
    return network.well(from, to) && !leadsElsewhere(to) && machine(to).running();
  }

  /** Whether the address of a node leads to a node of the other cluster. */
  boolean leadsElsewhere(String name) {
    return routes.containsKey(name);
  }

  /** Whether all messages arrive, and soon. */
  boolean calm() {
    return network.calm();
  }

  // Events.

  private void happen(Event event) {
    boolean elsewhere = !event.arguments().isEmpty() && event.node().startsWith(FOREIGN);
    if (elsewhere && !event.verb().equals("meet")) {
      other().happen(event.withoutPrefix());
      return;
    }
    observer.happens(event);
    switch (event.verb()) {
      case "cut" -> network.cut(event.node(), event.argument(1));
      case "heal" -> network.repair();
      case "bad" -> network.spoil(event.node(), Fault.of(event.argument(1)), event.millis());
      case "forge" -> forge(event);
      case "members" -> configure(event);
      case "meet" -> meet(event);
      case "twin" -> twin(event);
      case "part" -> worlds().forEach(world -> world.routes.clear());
      case "put" -> put(event.node(), event.argument(1), event.millis());
      case "renew", "delete", "corrupt", "drain", "undrain" -> client(event);
      default -> machine(event);
    }
  }

  private void machine(Event event) {
    Machine machine = machine(event.node());
    switch (event.verb()) {
      case "start" -> startAgain(machine);
      case "stop" -> {
        wipe(machine);
        machine.crash();
        stopped.add(machine.name);
      }
      case "crash" -> {
        wipe(machine);
        restart(machine, event.millis());
      }
      case "reboot" -> restart(machine, event.millis());
      case "save", "shutdown" -> save(machine, event);
      case "late" -> network.offline(machine.name, event.millis());
      case "pause" -> machine.pause(event.millis());
      case "suspend" -> machine.suspend(event.millis());
      case "clock" -> machine.clock.step(event.millis());
      case "drift" -> machine.clock.drift(event.millis());
      default -> throw new IllegalArgumentException("unknown event: " + event.text());
    }
  }

  private void restart(Machine machine, long downMillis) {
    machine.crash();
    timeline.at(timeline.now() + downMillis, () -> startAgain(machine));
  }

  private static void wipe(Machine machine) {
    if (machine instanceof SimNode node) {
      node.disk().wipe();
    }
  }

  /** A process that is held up ends without a last snapshot. */
  private void save(Machine machine, Event event) {
    boolean ends = event.verb().equals("shutdown");
    if (machine instanceof SimNode node && node.running()) {
      Runnable save = ends ? node.disk()::saveAtEnd : node.disk()::keep;
      save.run();
    }
    if (ends) {
      restart(machine, event.millis());
    }
  }

  private void startAgain(Machine machine) {
    if (!machine.up() && !stopped.contains(machine.name)) {
      machine.start();
    }
  }

  private void twin(Event event) {
    if (machine(event.node()) instanceof SimNode node && node.running()) {
      twins.add(new Twin(this, node, Twin.Kind.of(event.argument(1)), event.millis()));
    }
  }

  private void meet(Event event) {
    other().observer.happens(event);
    if (event.node().startsWith(FOREIGN)) {
      other().routes.put(event.node().substring(1), machine(event.argument(1)));
    } else {
      routes.put(event.node(), other().machine(event.argument(1).substring(1)));
    }
  }

  private void configure(Event event) {
    Set<String> names = Set.of(event.argument(1).split(","));
    joined.addAll(names);
    joined.stream().filter(name -> !names.contains(name)).forEach(departed::add);
    ((SimNode) machine(event.node())).configure(names);
  }

  /** Registers with a new document, which the node may refuse; returns the document. */
  String put(String name, String path, long ttlMillis) {
    String document = "{\"k\": \"%s\", \"n\": \"%s%d\"}".formatted(path, label, ++documents);
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
        case "drain" -> node.drain(selector(event), event.millis());
        case "undrain" -> node.undrain(selector(event));
        default -> node.corrupt(event.argument(1), node.clock.millis() + event.millis());
      }
    }
  }

  private static Selector selector(Event event) {
    return Selector.parse(event.argument(1)).orElseThrow();
  }

  /** Ends all faults and changes of the cluster, and restarts the nodes of it that were killed. */
  void heal() {
    foreign.ifPresent(World::heal);
    routes.clear();
    twins.forEach(Twin::stop);
    network.heal();
    for (SimNode node : nodes()) {
      if (stopped.remove(node.name)) {
        observer.happens(Event.of(timeline.now(), "crash", node.name, 0));
      }
      node.configureIfChanged(members());
    }
    machines.values().stream()
        .filter(machine -> joined.contains(machine.name))
        .filter(machine -> !departed.contains(machine.name))
        .forEach(this::startAgain);
    long pauses = machines.values().stream().mapToLong(Machine::pauseLeft).max().orElse(0);
    timeline.runUntil(timeline.now() + pauses);
  }

  void correctClocks() {
    foreign.ifPresent(World::correctClocks);
    machines.values().forEach(machine -> machine.clock.correct());
  }

  /** Carries a request to the node of this name, and its answer, as {@link Network#ask} does. */
  void ask(
      Machine asker, String name, Request request, Consumer<Response> answered, Runnable refused) {
    Machine answerer = routes.getOrDefault(name, machine(name));
    network.ask(asker, answerer, request, answered, refused);
  }
}
