package io.hera.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A simulated run as data: the nodes, the network, and the events with their times. Its text can be
 * kept, edited and replayed. Random choices during the run come from the seed too, so the same plan
 * gives the same run.
 *
 * @param foreign another cluster, in the same network
 * @param events ascending by time
 * @param endMillis time at which everything is healed
 */
record Plan(
    long seed,
    Cluster cluster,
    Foreign foreign,
    Weather weather,
    List<Event> events,
    long endMillis) {
  Plan {
    events = List.copyOf(events);
  }

  /**
   * The nodes and their settings.
   *
   * @param name the name of the cluster; empty if it has none
   * @param nodes names of the nodes at the beginning, in order
   * @param old names of those that are nodes of 2012
   * @param pageBytes size at which an answer is cut
   * @param hanging whether there are hanging pulls
   * @param clockTickMillis resolution of wall clocks: with coarse ones, many writes share a version
   */
  record Cluster(
      String name,
      List<String> nodes,
      List<String> old,
      long intervalMillis,
      long livenessMillis,
      long ttlMaxMillis,
      int pageBytes,
      boolean hanging,
      long instancesMax,
      long clockTickMillis) {
    Cluster {
      nodes = List.copyOf(nodes);
      old = List.copyOf(old);
    }
  }

  /**
   * Another cluster with the same settings, whose nodes may have the names of this one's.
   *
   * @param name the name of the cluster; empty if it has none
   * @param nodes names of its nodes; empty if there is no such cluster
   */
  record Foreign(String name, List<String> nodes) {
    static final Foreign NONE = new Foreign("", List.of());

    Foreign {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * The network: the delay of messages, and how many of a thousand are lost, doubled and cut short.
   */
  record Weather(long delayMinMillis, long delayMaxMillis, int loss, int twice, int cut) {
    static final Weather FAIR = new Weather(1, 5, 0, 0, 0);

    boolean fair() {
      return loss + twice + cut == 0;
    }
  }

  /** Returns the names of the nodes at the beginning, and of those that join later. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>(cluster.nodes);
    events.stream()
        .filter(event -> event.verb().equals("members"))
        .forEach(event -> names.addAll(List.of(event.argument(1).split(","))));
    return names;
  }

  /** Returns the plan of a seed. */
  static Plan of(long seed) {
    return new Planner(seed, List.of(Trouble.values())).plan();
  }

  /** Returns the plan of a seed whose troubles are of this kind. */
  static Plan of(long seed, Trouble kind) {
    return new Planner(seed, List.of(kind)).plan();
  }

  Plan with(List<Event> others) {
    return new Plan(seed, cluster, foreign, weather, others, endMillis);
  }

  /** Returns the plan of the other cluster, to which the events of this plan happen. */
  Plan ofForeign() {
    Cluster other = new Cluster(
        foreign.name,
        foreign.nodes,
        List.of(),
        cluster.intervalMillis,
        cluster.livenessMillis,
        cluster.ttlMaxMillis,
        cluster.pageBytes,
        cluster.hanging,
        cluster.instancesMax,
        cluster.clockTickMillis);
    return new Plan(seed, other, Foreign.NONE, weather, List.of(), endMillis);
  }

  /** Returns the text, which {@link #parse} reads. */
  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("seed " + seed);
    lines.add("nodes " + String.join(" ", cluster.nodes));
    if (!foreign.equals(Foreign.NONE)) {
      lines.add(
          "foreign name=%s nodes=%s".formatted(foreign.name, String.join(",", foreign.nodes)));
    }
    lines.add(("old " + String.join(" ", cluster.old)).strip());
    lines.add(
        "gossip name=%s interval=%d liveness=%d ttl-max=%d page=%d hanging=%s instances=%d clock-tick=%d"
            .formatted(
                cluster.name,
                cluster.intervalMillis,
                cluster.livenessMillis,
                cluster.ttlMaxMillis,
                cluster.pageBytes,
                cluster.hanging,
                cluster.instancesMax,
                cluster.clockTickMillis));
    lines.add("network delay-min=%d delay-max=%d loss=%d twice=%d cut=%d"
        .formatted(
            weather.delayMinMillis,
            weather.delayMaxMillis,
            weather.loss,
            weather.twice,
            weather.cut));
    events.forEach(event -> lines.add(event.text()));
    lines.add("end " + Event.time(endMillis));
    return String.join("\n", lines) + "\n";
  }

  /** Parses a plan; lines that begin with '#' and empty ones are skipped. */
  static Plan parse(String text) {
    List<String> lines = text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
    Map<String, String> header = lines.stream()
        .filter(line -> !Character.isDigit(line.charAt(0)))
        .map(line -> (line + " ").split(" ", 2))
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].strip()));
    List<Event> events = lines.stream()
        .filter(line -> Character.isDigit(line.charAt(0)))
        .map(Event::parse)
        .toList();
    return new Plan(
        Long.parseLong(header.get("seed")),
        cluster(header),
        foreign(header.getOrDefault("foreign", "")),
        weather(settings(header.get("network"))),
        events,
        Event.parse(header.get("end") + " end").atMillis());
  }

  private static Cluster cluster(Map<String, String> header) {
    Map<String, String> gossip = settings(header.get("gossip"));
    return new Cluster(
        gossip.getOrDefault("name", ""),
        names(header.get("nodes")),
        names(header.get("old")),
        Long.parseLong(gossip.get("interval")),
        Long.parseLong(gossip.get("liveness")),
        Long.parseLong(gossip.get("ttl-max")),
        Integer.parseInt(gossip.get("page")),
        Boolean.parseBoolean(gossip.get("hanging")),
        Long.parseLong(gossip.get("instances")),
        Long.parseLong(gossip.get("clock-tick")));
  }

  private static Foreign foreign(String text) {
    if (text.isEmpty()) {
      return Foreign.NONE;
    }
    Map<String, String> foreign = settings(text);
    return new Foreign(foreign.get("name"), List.of(foreign.get("nodes").split(",")));
  }

  private static Weather weather(Map<String, String> network) {
    return new Weather(
        Long.parseLong(network.get("delay-min")),
        Long.parseLong(network.get("delay-max")),
        Integer.parseInt(network.get("loss")),
        Integer.parseInt(network.get("twice")),
        Integer.parseInt(network.get("cut")));
  }

  private static List<String> names(String text) {
    return text.isBlank() ? List.of() : List.of(text.split(" "));
  }

  private static Map<String, String> settings(String text) {
    return Arrays.stream(text.split(" "))
        .map(setting -> setting.split("=", 2))
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
  }
}
