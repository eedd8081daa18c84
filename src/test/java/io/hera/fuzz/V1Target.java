package io.hera.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.fuzz.Reading.Refused;
import io.hera.json.Malformed;
import io.hera.json.StrictJson;
import io.hera.json.StrictJson.Items;
import io.hera.json.StrictJson.Members;
import io.hera.json.StrictJson.Scalar;
import io.hera.json.StrictJson.Text;
import io.hera.json.StrictJson.Value;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.wire.Decoded;
import io.hera.wire.V1Codec;
import io.hera.wire.V1Request;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Fuzz target: answers of nodes of 2012. Valid JSON is read byte for byte as the oracle reads it,
 * which applies the rules to the tree of Jackson.
 */
final class V1Target {
  private static final int ENTRIES_MAX = 64;
  private static final int PER_BYTE = 256;
  private static final int VERSION_LENGTH_MAX = 64;
  private static final long TTL = 300_000;
  private static final V1Request ASKED = new V1Request(
      new Digest(Map.of("sr-lon-1", 1_355_833_258_000L, "sr-ash-1", 0L, "o", 9L)),
      1_355_833_270_000L,
      TTL);

  private final List<OriginDelta> parts = new ArrayList<>();
  private int entries;
  private int quarantined;

  private V1Target() {}

  static boolean accepts(byte[] input) {
    Optional<Members> json = StrictJson.object(input);
    Optional<Decoded<Delta>> decoded = decode(input);
    json.ifPresent(answer ->
        assertThat(decoded).as("reading of the oracle").isEqualTo(new V1Target().read(answer)));
    decoded.ifPresent(answer -> {
      Reading.isSound(answer.answer());
      comesBack(answer.answer());
      Truncation.isRefused(input, cut -> V1Codec.decode(cut, ASKED, ENTRIES_MAX));
    });
    return decoded.isPresent();
  }

  private static Optional<Decoded<Delta>> decode(byte[] input) {
    try {
      return Optional.of(Allocation.bounded(
          input.length, PER_BYTE, () -> V1Codec.decode(input, ASKED, ENTRIES_MAX)));
    } catch (Malformed flaw) {
      assertThat(flaw.offset()).isBetween(0, input.length);
      return Optional.empty();
    }
  }

  private static void comesBack(Delta delta) {
    List<String> names = delta.origins().stream().map(OriginDelta::origin).toList();
    byte[] written = V1Codec.encode(delta, names);
    assertThat(decode(written)).as("read back").contains(new Decoded<>(delta, 0));
  }

  /** Returns the reading of the oracle; empty if the answer must be refused. */
  private Optional<Decoded<Delta>> read(Members answer) {
    try {
      for (Map.Entry<String, Value> member : answer.members().entrySet()) {
        Long horizon = ASKED.digest().horizons().get(member.getKey());
        if (horizon != null) {
          parts.add(part(member.getKey(), horizon, member.getValue()));
        }
      }
      return Optional.of(new Decoded<>(new Delta(parts), quarantined));
    } catch (Refused refused) {
      return Optional.empty();
    }
  }

  private OriginDelta part(String origin, long horizon, Value value) throws Refused {
    List<Entry> kept = new ArrayList<>();
    if (value instanceof Items array) {
      entries += array.items().size();
      Reading.require(entries <= ENTRIES_MAX, "too many entries");
      array.items().forEach(item -> entry(item).ifPresentOrElse(kept::add, () -> quarantined++));
    } else {
      quarantined++;
    }
    kept.sort(Comparator.comparingLong(Entry::version));
    long last = kept.stream().mapToLong(Entry::version).max().orElse(horizon);
    return new OriginDelta(origin, horizon, Math.max(horizon, last), false, kept);
  }

  private static Optional<Entry> entry(Value value) {
    if (!(value instanceof Items array)
        || array.items().size() != 4
        || !(array.items().get(0) instanceof Text service)
        || !(array.items().get(1) instanceof Text id)) {
      return Optional.empty();
    }
    Optional<Key> key = Reading.key(service.text(), id.text());
    Optional<byte[]> document =
        Reading.document(array.items().get(2)).filter(bytes -> isInteroperable(array));
    OptionalLong version = version(array.items().get(3));
    if (key.isEmpty() || document.isEmpty() || version.isEmpty()) {
      return Optional.empty();
    }
    long age = Math.max(0, Math.min(TTL, ASKED.nowMillis() - version.getAsLong()));
    return Optional.of(new Registration(key.get(), document.get(), version.getAsLong(), age, TTL));
  }

  private static boolean isInteroperable(Items entry) {
    return StrictJson.isInteroperable(entry.items().get(2));
  }

  /** Reads an integer from 0 to 2^63 − 1 in any notation, such as {@code 1.3e+12}. */
  private static OptionalLong version(Value value) {
    boolean number = value instanceof Scalar scalar
        && scalar.text().matches("-?[0-9].*")
        && scalar.text().length() <= VERSION_LENGTH_MAX;
    if (!number) {
      return OptionalLong.empty();
    }
    BigDecimal version = exact(((Scalar) value).text());
    boolean fits = version.signum() >= 0
        && version.precision() - (long) version.scale() <= 19
        && version.scale() <= 0
        && version.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    return fits ? OptionalLong.of(version.longValueExact()) : OptionalLong.empty();
  }

  /** Returns the number without trailing zeros; −1 if its exponent is too large. */
  private static BigDecimal exact(String number) {
    try {
      return new BigDecimal(number).stripTrailingZeros();
    } catch (NumberFormatException beyond) {
      return BigDecimal.ONE.negate();
    }
  }
}
