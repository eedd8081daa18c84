package io.hera.dns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.WireParseException;

/** Makes names of the domain. */
final class Domain {
  /** A name below which there is no room for another label. */
  static final Name LONGEST = longest();

  private static final String SERVICE = "service";

  private Domain() {}

  /** Returns the name of a domain; the setting has been checked. */
  static Name of(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException unchecked) {
      throw new IllegalArgumentException(unchecked);
    }
  }

  /** Returns the name of a service, each label with the bytes that it has there. */
  static Name service(String service, Name domain) throws NameTooLongException {
    DNSOutput out = new DNSOutput();
    for (String part : service.split("\\.", -1)) {
      byte[] label = part.getBytes(StandardCharsets.UTF_8);
      out.writeU8(label.length);
      out.writeByteArray(label);
    }
    out.writeU8(SERVICE.length());
    out.writeByteArray(SERVICE.getBytes(StandardCharsets.US_ASCII));
    domain.toWire(out, null);
    try {
      return new Name(out.toByteArray());
    } catch (WireParseException tooLong) {
      throw new NameTooLongException();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Name longest() {
    return of(String.join(".", "x".repeat(63), "x".repeat(63), "x".repeat(63), "x".repeat(61)));
  }
}
