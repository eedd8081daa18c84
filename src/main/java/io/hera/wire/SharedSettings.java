package io.hera.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The settings that have to be equal on all nodes of a cluster (P17). Nodes tell each other a hash
 * of them; {@code /_status} shows them.
 *
 * @param members names of the nodes of the cluster
 */
public record SharedSettings(
    long livenessMillis,
    long ttlMinMillis,
    long ttlMaxMillis,
    long maxSkewMillis,
    List<String> volatileKeys,
    List<String> members) {
  /** Copies the names in their order, each once. */
  public SharedSettings {
    volatileKeys = List.copyOf(new TreeSet<>(volatileKeys));
    members = List.copyOf(new TreeSet<>(members));
  }

  /** Returns the settings by key, as texts that are equal if and only if the values are. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("cluster", String.join(", ", members));
    texts.put("liveness", duration(livenessMillis));
    texts.put("max-skew", duration(maxSkewMillis));
    texts.put("ttl.max", duration(ttlMaxMillis));
    texts.put("ttl.min", duration(ttlMinMillis));
    texts.put("volatile-keys", String.join(", ", volatileKeys));
    return texts;
  }

  /** Returns 16 hexadecimal digits that are equal on nodes with equal settings. */
  public String hash() {
    return hash(List.copyOf(texts().values()));
  }

  /** Returns 16 hexadecimal digits that are equal on nodes with the same members. */
  public String membersHash() {
    return hash(members);
  }

  private static String duration(long millis) {
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }

  private static String hash(List<String> texts) {
    byte[] bytes = String.join("\n", texts).getBytes(UTF_8);
    return HexFormat.of().toHexDigits(Murmur.hash(bytes, bytes.length).high());
  }
}
