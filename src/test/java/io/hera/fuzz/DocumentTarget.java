package io.hera.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.Documents;
import io.hera.json.Malformed;
import io.hera.json.PrettyPrinter;
import io.hera.json.StrictJson;
import java.util.Optional;
import java.util.stream.Stream;

/** Fuzz targets: the check of documents, and their layout. */
final class DocumentTarget {
  private static final int BYTES_MAX = 1 << 14;
  private static final int DEPTH_MAX = 32;
  private static final int PER_BYTE = 64;

  private DocumentTarget() {}

  /**
   * Checks that the check and the oracle accept the same documents, and that faults point into
   * them.
   */
  static boolean accepts(byte[] input) {
    Optional<StrictJson.Members> oracle = StrictJson.object(input);
    boolean expected = input.length <= BYTES_MAX
        && oracle.isPresent()
        && oracle.get().depth() <= DEPTH_MAX
        && StrictJson.isInteroperable(oracle.get());
    boolean accepted = check(input);
    assertThat(accepted).as("accepted").isEqualTo(expected);
    return accepted;
  }

  /** Checks that the layout of a document has the same tokens, and is the layout of itself. */
  static boolean layout(byte[] input) {
    if (!check(input)) {
      return false;
    }
    int growth = 16 * DEPTH_MAX;
    byte[] laidOut = Allocation.bounded(input.length, growth, () -> PrettyPrinter.print(input));
    assertThat(withoutRaw(laidOut)).isEqualTo(withoutRaw(input));
    assertThat(PrettyPrinter.print(laidOut)).isEqualTo(laidOut);
    assertThat(new String(laidOut, UTF_8)).doesNotContain("\t", "\r");
    return true;
  }

  private static boolean check(byte[] input) {
    try {
      return Allocation.bounded(input.length, PER_BYTE, () -> {
        Documents.check(input, BYTES_MAX, DEPTH_MAX);
        return true;
      });
    } catch (Malformed flaw) {
      assertThat(flaw.offset()).isBetween(0, input.length);
      assertThat(flaw.reason()).isNotBlank();
      assertThat(flaw.pointer()).matches("(?s)(/.*)?");
      return false;
    }
  }

  /** Returns the values of a document, without their notation. */
  private static Object withoutRaw(byte[] json) {
    return bare(StrictJson.object(json).orElseThrow());
  }

  private static Object bare(StrictJson.Value value) {
    if (value instanceof StrictJson.Members object) {
      return object.members().entrySet().stream()
          .flatMap(member -> Stream.of(member.getKey(), bare(member.getValue())))
          .toList();
    }
    return value instanceof StrictJson.Items array
        ? array.items().stream().map(DocumentTarget::bare).toList()
        : value;
  }
}
