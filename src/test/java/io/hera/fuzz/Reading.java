package io.hera.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.StrictJson;
import io.hera.json.StrictJson.Items;
import io.hera.json.StrictJson.Members;
import io.hera.json.StrictJson.Scalar;
import io.hera.json.StrictJson.Text;
import io.hera.json.StrictJson.Value;
import io.hera.registry.Delta;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.wire.Names;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The common parts of the oracles for answers: the elements of an entry, and the rules for any
 * delta.
 */
final class Reading {
  /** Most levels of a peer's document. */
  static final int DEPTH_MAX = 64;

  private Reading() {}

  /** The exception of an oracle for an answer that must be refused whole. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String why) {
      super(why, null, false, false);
    }
  }

  static void require(boolean condition, String why) throws Refused {
    if (!condition) {
      throw new Refused(why);
    }
  }

  /** Returns the key of two texts, if they keep the rules for names. */
  static Optional<Key> key(String service, String id) {
    return Names.flawOfService(service).isEmpty() && Names.flawOfId(id).isEmpty()
        ? Optional.of(new Key(service, id))
        : Optional.empty();
  }

  /** Returns the bytes of a value, if it may be a document. */
  static Optional<byte[]> document(Value value) {
    return value instanceof Members object && object.depth() <= DEPTH_MAX
        ? Optional.of(object.raw().getBytes(UTF_8))
        : Optional.empty();
  }

  /** Returns an integer from 0 to 2^63 − 1, without fraction and exponent. */
  static OptionalLong natural(Value value) {
    boolean digits = value instanceof Scalar scalar && scalar.text().matches("[0-9]+");
    if (!digits) {
      return OptionalLong.empty();
    }
    BigInteger number = new BigInteger(((Scalar) value).text());
    return number.bitLength() < 64
        ? OptionalLong.of(number.longValueExact())
        : OptionalLong.empty();
  }

  static String text(Value value) throws Refused {
    require(value instanceof Text, "not a string");
    return ((Text) value).text();
  }

  static List<Value> items(Value value) throws Refused {
    require(value instanceof Items, "not an array");
    return ((Items) value).items();
  }

  /** Returns the delta, with white space around documents removed. */
  static Delta stripped(Delta delta) {
    return new Delta(
        delta.origins().stream()
            .map(part -> new OriginDelta(
                part.origin(),
                part.from(),
                part.to(),
                part.reset(),
                part.entries().stream().map(Reading::stripped).toList()))
            .toList(),
        delta.more());
  }

  private static Entry stripped(Entry entry) {
    return entry instanceof Registration registration
        ? new Registration(
            registration.key(),
            new String(registration.document(), UTF_8).strip().getBytes(UTF_8),
            registration.version(),
            registration.ageMillis(),
            registration.ttlMillis())
        : entry;
  }

  /**
   * Checks the rules for any delta that was read: valid documents, names and numbers, ascending
   * versions.
   */
  static void isSound(Delta delta) {
    for (OriginDelta part : delta.origins()) {
      long last = 0;
      for (Entry entry : part.entries()) {
        assertThat(entry.version()).as("ascending").isGreaterThanOrEqualTo(last);
        assertThat(key(entry.key().service(), entry.key().id())).contains(entry.key());
        assertThat(entry.ageMillis()).isNotNegative();
        if (entry instanceof Registration registration) {
          assertThat(StrictJson.object(registration.document())).isPresent();
          assertThat(registration.ttlMillis()).isPositive();
        }
        last = entry.version();
      }
    }
  }
}
