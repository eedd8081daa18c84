package io.hera.wire;

import io.hera.registry.IpText;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A network: the addresses that begin with the same bits. Its text is CIDR, as {@code 10.0.0.0/8}.
 *
 * @param base an address in it
 * @param bits how many bits its addresses begin with
 */
public record Network(InetAddress base, int bits) {
  /** Parses CIDR, or one address; empty if the text is neither, or the address has bits beyond the network. */
  public static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> base = IpText.parse(slash < 0 ? text : text.substring(0, slash));
    if (base.isEmpty()) {
      return Optional.empty();
    }
    int width = 8 * base.get().getAddress().length;
    OptionalInt bits = slash < 0 ? OptionalInt.of(width) : bits(text.substring(slash + 1), width);
    return bits.isPresent()
        ? Optional.of(new Network(base.get(), bits.getAsInt())).filter(Network::isPlain)
        : Optional.empty();
  }

  private static OptionalInt bits(String text, int width) {
    boolean digits = text.matches("0|[1-9][0-9]{0,2}");
    int bits = digits ? Integer.parseInt(text) : width + 1;
    return bits <= width ? OptionalInt.of(bits) : OptionalInt.empty();
  }

  /** Returns whether the address has no bits beyond the network, which would hide a mistake. */
  private boolean isPlain() {
    byte[] address = base.getAddress();
    for (int bit = bits; bit < 8 * address.length; bit++) {
      if (((address[bit / 8] >> (7 - bit % 8)) & 1) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the address is in it. */
  public boolean contains(InetAddress address) {
    byte[] one = base.getAddress();
    byte[] other = address.getAddress();
    if (one.length != other.length) {
      return false;
    }
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (one[i] != other[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    return rest == 0 || ((one[whole] ^ other[whole]) & 0xff) >> (8 - rest) == 0;
  }

  @Override
  public String toString() {
    return base.getHostAddress() + "/" + bits;
  }
}
