package io.hera.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.Malformed;
import io.hera.json.StrictJson;
import io.hera.json.StrictJson.Members;
import io.hera.registry.Delta;
import io.hera.wire.Decoded;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import java.util.Map;
import java.util.Optional;

/**
 * Fuzz target: answers of version 2. Valid JSON is read exactly as the oracle {@link V2Reading}
 * does.
 */
final class V2Target {
  static final int ENTRIES_MAX = 64;

  private static final int PER_BYTE = 256;

  private V2Target() {}

  static boolean accepts(byte[] input) {
    Optional<Members> json = StrictJson.object(input);
    Optional<Decoded<V2Answer>> decoded = decode(input);
    json.ifPresent(answer -> assertThat(decoded.map(V2Target::stripped))
        .as("reading of the oracle")
        .isEqualTo(new V2Reading().read(answer)));
    decoded.ifPresent(answer -> {
      assertThat(json.isPresent() || answer.quarantined() > 0).as("JSON").isTrue();
      Reading.isSound(answer.answer().delta());
      comesBack(answer.answer());
      Truncation.isRefused(input, cut -> V2Codec.decode(cut, ENTRIES_MAX));
    });
    return decoded.isPresent();
  }

  private static Optional<Decoded<V2Answer>> decode(byte[] input) {
    try {
      return Optional.of(
          Allocation.bounded(input.length, PER_BYTE, () -> V2Codec.decode(input, ENTRIES_MAX)));
    } catch (Malformed flaw) {
      assertThat(flaw.offset()).isBetween(0, input.length);
      return Optional.empty();
    }
  }

  private static void comesBack(V2Answer answer) {
    byte[] written = V2Codec.encode(answer);
    assertThat(decode(written)).as("read back").contains(new Decoded<>(answer, 0));
  }

  private static Decoded<V2Answer> stripped(Decoded<V2Answer> decoded) {
    V2Answer answer = decoded.answer();
    Delta delta = Reading.stripped(answer.delta());
    return new Decoded<>(
        new V2Answer(
            answer.handshake(),
            answer.nowMillis(),
            answer.livenessMillis(),
            answer.members(),
            delta,
            answer.held(),
            Map.of(),
            Optional.empty()),
        decoded.quarantined());
  }
}
