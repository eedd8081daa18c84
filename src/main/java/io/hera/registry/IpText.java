package io.hera.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The reading of IP addresses. It is strict, and looks nothing up: {@link InetAddress#getByName} takes {@code 127.1}, and asks a
 * name server for what it does not understand.
 */
public final class IpText {
  private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{1,4}");
  private static final String GAP = "::";
  private static final int BYTES_V4 = 4;
  private static final int BYTES_V6 = 16;

  private IpText() {}

  /**
   * Returns the address that a text is: four decimals without leading zeros, or RFC 4291 text without a zone. An IPv4 address in an
   * IPv6 one is the IPv4 address.
   */
  public static Optional<InetAddress> parse(String text) {
    byte[] bytes = text.indexOf(':') < 0 ? v4(text) : v6(text);
    try {
      return bytes.length == 0 ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Returns four bytes, or none. */
  private static byte[] v4(String text) {
    String[] parts = text.split("\\.", -1);
    byte[] bytes = new byte[BYTES_V4];
    if (parts.length != BYTES_V4) {
      return new byte[0];
    }
    for (int i = 0; i < BYTES_V4; i++) {
      if (!DECIMAL.matcher(parts[i]).matches() || Integer.parseInt(parts[i]) > 255) {
        return new byte[0];
      }
      bytes[i] = (byte) Integer.parseInt(parts[i]);
    }
    return bytes;
  }

  /** Returns sixteen bytes, or none. */
  private static byte[] v6(String text) {
    int gap = text.indexOf(GAP);
    if (gap < 0) {
      byte[] whole = groups(text);
      return whole.length == BYTES_V6 ? whole : new byte[0];
    }
    String after = text.substring(gap + GAP.length());
    byte[] head = gap == 0 ? new byte[0] : groups(text.substring(0, gap));
    byte[] tail = after.isEmpty() ? new byte[0] : groups(after);
    boolean read = (gap == 0 || head.length > 0) && (after.isEmpty() || tail.length > 0);
    if (!read
        || head.length + tail.length > BYTES_V6 - 2
        || text.substring(0, gap).contains(".")) {
      return new byte[0];
    }
    byte[] bytes = new byte[BYTES_V6];
    System.arraycopy(head, 0, bytes, 0, head.length);
    System.arraycopy(tail, 0, bytes, BYTES_V6 - tail.length, tail.length);
    return bytes;
  }

  /** Returns the bytes of groups between colons, the last of which may be an IPv4 address; none if one is neither. */
  private static byte[] groups(String text) {
    String[] parts = text.split(":", -1);
    byte[] embedded = v4(parts[parts.length - 1]);
    int groups = parts.length - (embedded.length > 0 ? 1 : 0);
    byte[] bytes = new byte[2 * groups + embedded.length];
    for (int i = 0; i < groups; i++) {
      if (!HEX.matcher(parts[i]).matches()) {
        return new byte[0];
      }
      int group = Integer.parseInt(parts[i], 16);
      bytes[2 * i] = (byte) (group >> 8);
      bytes[2 * i + 1] = (byte) group;
    }
    System.arraycopy(embedded, 0, bytes, 2 * groups, embedded.length);
    return bytes;
  }
}
