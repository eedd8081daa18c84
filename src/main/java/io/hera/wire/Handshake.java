package io.hera.wire;

import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a node says of itself in every exchange (P17). A request carries it in the header {@code
 * Hera-Node}, such as {@code sr-lon-1;life=9f2c;since=1355833000000;cluster=prod-eu;can=view2;cfg=7c1f};
 * an answer of version 2 has it as members. Version 1.0 sends the name and the life alone.
 *
 * @param node name and life
 * @param sinceMillis when this life began, unix milliseconds by the node's own clock; 0 if unknown
 * @param cluster the name of the node's cluster; empty if it has none
 * @param can the later rules that the node understands, in the order of their names; nothing that
 *     needs such a rule is sent to a node that does not name it
 * @param cfg hash of the settings that all nodes of a cluster share ({@link SharedSettings}); empty
 *     if unknown
 */
public record Handshake(
    NodeId node, long sinceMillis, String cluster, Set<String> can, String cfg) {
  /** The rule that what two nodes show is compared by version 2 of the content's hash. */
  public static final String VIEW_RULE = "view2";

  /** The rule that the node knows drains, and takes their entries from an answer (P18). */
  public static final String DRAIN_RULE = "drain";

  /** Most rules that {@code can} names; a reader skips further ones. */
  static final int CAN_MAX = 32;

  private static final int CLUSTER_MAX = 64;
  private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9._:-]{1," + CLUSTER_MAX + "}");
  private static final Pattern RULE = Pattern.compile("[a-z0-9-]{1,16}");
  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,18}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{1,32}");

  public Handshake {
    can = Collections.unmodifiableSet(new TreeSet<>(can));
    if (!isClusterOrEmpty(cluster)
        || !isHashOrEmpty(cfg)
        || !can.stream().allMatch(Handshake::isRule)) {
      throw new IllegalArgumentException("not a handshake: " + cluster + " " + can + " " + cfg);
    }
  }

  /** Returns the handshake of a node that says its name and life only. */
  public static Handshake of(NodeId node) {
    return new Handshake(node, 0, "", Set.of(), "");
  }

  /**
   * Reads a header; empty if it does not have a valid name and life. Other parameters that are
   * unknown or invalid are skipped.
   */
  public static Optional<Handshake> parse(String header) {
    return NodeId.parse(header).map(node -> parse(node, header.split(";", -1)));
  }

  /** Returns the value of the header, which {@link #parse} reads. */
  public String header() {
    return node.header()
        + (sinceMillis > 0 ? ";since=" + sinceMillis : "")
        + (cluster.isEmpty() ? "" : ";cluster=" + cluster)
        + (can.isEmpty() ? "" : ";can=" + String.join(",", can))
        + (cfg.isEmpty() ? "" : ";cfg=" + cfg);
  }

  /** Returns the name of the node. */
  public String name() {
    return node.name();
  }

  /** Returns the life of the node. */
  public String life() {
    return node.life();
  }

  /** Returns whether the node understands the rule of this name. */
  public boolean can(String rule) {
    return can.contains(rule);
  }

  /** Returns whether {@code text} is a name of a cluster: 1–64 of A-Z a-z 0-9 . _ : -. */
  public static boolean isCluster(String text) {
    return CLUSTER.matcher(text).matches();
  }

  static boolean isClusterOrEmpty(String text) {
    return text.isEmpty() || isCluster(text);
  }

  static boolean isHashOrEmpty(String text) {
    return text.isEmpty() || HASH.matcher(text).matches();
  }

  static boolean isRule(String text) {
    return RULE.matcher(text).matches();
  }

  private static Handshake parse(NodeId node, String[] parts) {
    String cluster = parameter(parts, "cluster").filter(Handshake::isCluster).orElse("");
    String cfg = parameter(parts, "cfg").filter(Handshake::isHashOrEmpty).orElse("");
    Set<String> can = parameter(parts, "can").map(Handshake::rules).orElse(Set.of());
    return new Handshake(node, millis(parameter(parts, "since").orElse("")), cluster, can, cfg);
  }

  private static Set<String> rules(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(Handshake::isRule)
        .limit(CAN_MAX)
        .collect(Collectors.toSet());
  }

  private static long millis(String text) {
    return MILLIS.matcher(text).matches() ? Long.parseLong(text) : 0;
  }

  private static Optional<String> parameter(String[] parts, String name) {
    return Arrays.stream(parts)
        .skip(1)
        .map(part -> part.split("=", 2))
        .filter(pair -> pair.length == 2 && pair[0].strip().equalsIgnoreCase(name))
        .map(pair -> pair[1].strip())
        .findFirst();
  }
}
