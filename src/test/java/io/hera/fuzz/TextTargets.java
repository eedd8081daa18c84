package io.hera.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.wire.Durations;
import io.hera.wire.NodeId;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fuzz targets: the header that identifies a process, and durations. */
final class TextTargets {
  private static final int PER_BYTE = 128;
  private static final int HEADER_MAX = 1024;

  private static final Pattern SPEAKER =
      Pattern.compile("([^;]*)(?:;(?!LIFE)[^;]*)*;LIFE([^;]*)(?s:(?:;.*)?)"
          .replace("LIFE", "[\\s\\x1c-\\x1f]*(?i:life)[\\s\\x1c-\\x1f]*="));

  private static final Map<String, Long> UNITS =
      Map.of("ms", 1L, "s", 1_000L, "", 1_000L, "m", 60_000L, "h", 3_600_000L);
  private static final int DURATION_LENGTH_MAX = 64;

  private TextTargets() {}

  static boolean nodeId(byte[] input) {
    String header = new String(input, ISO_8859_1);
    Optional<NodeId> nodeId =
        Allocation.bounded(input.length, PER_BYTE, () -> NodeId.parse(header));
    assertThat(nodeId).as("reading of the oracle").isEqualTo(readNodeId(header));
    nodeId.ifPresent(id -> assertThat(NodeId.parse(id.header())).contains(id));
    return nodeId.isPresent();
  }

  private static Optional<NodeId> readNodeId(String header) {
    Matcher parts = SPEAKER.matcher(header.length() > HEADER_MAX ? "" : header);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String node = parts.group(1).strip();
    String life = parts.group(2).strip();
    boolean sound = node.matches("[ -:<-~]{1,255}") && life.matches("[!-:<-~]{1,64}");
    return sound ? Optional.of(new NodeId(node, life)) : Optional.empty();
  }

  static boolean durations(byte[] input) {
    String text = new String(input, UTF_8);
    OptionalLong millis = Allocation.bounded(input.length, PER_BYTE, () -> Durations.millis(text));
    assertThat(millis).as("reading of the oracle").isEqualTo(readMillis(text));
    return millis.isPresent();
  }

  /** Computes the milliseconds in whole numbers, digit by digit. */
  private static OptionalLong readMillis(String text) {
    int end = text.length();
    while (end > 0 && "hms".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    Long unit = UNITS.get(text.substring(end));
    String number = text.substring(0, end);
    int point = number.indexOf('.');
    String whole = point < 0 ? number : number.substring(0, point);
    String fraction = point < 0 ? "0" : number.substring(point + 1);
    if (unit == null
        || text.length() > DURATION_LENGTH_MAX
        || !digits(whole)
        || !digits(fraction)) {
      return OptionalLong.empty();
    }
    BigInteger power = BigInteger.TEN.pow(fraction.length());
    BigInteger[] millis = new BigInteger(whole + fraction)
        .multiply(BigInteger.valueOf(unit))
        .divideAndRemainder(power);
    BigInteger up = millis[0].add(BigInteger.valueOf(millis[1].signum()));
    return OptionalLong.of(up.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact());
  }

  private static boolean digits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
