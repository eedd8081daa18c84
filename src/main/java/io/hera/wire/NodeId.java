package io.hera.wire;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The identity of a process: the value of the header {@code Hera-Node}, such as
 * {@code sr-lon-1;life=9f2c}. Each pull and each answer carries it (P9).
 *
 * @param name the node's name, 1–255 printable ASCII characters without ';'
 * @param life random id that the process draws at its start, 1–64 such characters without spaces
 */
public record NodeId(String name, String life) {
  /** The header by which a node introduces itself. */
  public static final String HEADER = "Hera-Node";

  private static final int HEADER_MAX = 1024;
  private static final String LIFE = "life";

  public NodeId {
    Names.flawOfNode(name).ifPresent(flaw -> {
      throw new IllegalArgumentException(flaw);
    });
    if (!Names.isLife(life)) {
      throw new IllegalArgumentException("a life must be 1 to 64 printable ASCII characters");
    }
  }

  /** Draws the life of a process that starts. */
  public static String randomLife(RandomGenerator random) {
    byte[] life = new byte[8];
    random.nextBytes(life);
    return HexFormat.of().formatHex(life);
  }

  /**
   * Reads a header; empty if it does not have a valid name and life. Other parameters are skipped.
   */
  public static Optional<NodeId> parse(String header) {
    if (header.length() > HEADER_MAX) {
      return Optional.empty();
    }
    String[] parts = header.split(";", -1);
    String name = parts[0].strip();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0 && parts[i].substring(0, equals).strip().equalsIgnoreCase(LIFE)) {
        return of(name, parts[i].substring(equals + 1).strip());
      }
    }
    return Optional.empty();
  }

  /** Returns the value of the header, which {@link #parse} reads. */
  public String header() {
    return name + ";" + LIFE + "=" + life;
  }

  private static Optional<NodeId> of(String name, String life) {
    return Names.flawOfNode(name).isEmpty() && Names.isLife(life)
        ? Optional.of(new NodeId(name, life))
        : Optional.empty();
  }
}
