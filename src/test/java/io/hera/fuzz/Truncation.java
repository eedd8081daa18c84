package io.hera.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.Malformed;
import java.util.Arrays;

/** The rule that an answer which was cut short anywhere is refused. */
final class Truncation {
  private static final int CUTS_MAX = 512;

  private Truncation() {}

  /** A decoder of whole answers. */
  interface Decoder {
    Object decode(byte[] answer) throws Malformed;
  }

  /** Cuts an accepted answer at every byte; a long one at a limited number of bytes. */
  static void isRefused(byte[] answer, Decoder decoder) {
    int end = answer.length;
    while (answer[end - 1] != '}') {
      end--;
    }
    int stride = 1 + end / CUTS_MAX;
    for (int length = end - 1; length >= 0; length -= stride) {
      assertThat(accepts(Arrays.copyOf(answer, length), decoder))
          .as("cut to %d bytes of %d", length, answer.length)
          .isFalse();
    }
  }

  private static boolean accepts(byte[] answer, Decoder decoder) {
    try {
      decoder.decode(answer);
      return true;
    } catch (Malformed expected) {
      return false;
    }
  }
}
