package io.hera.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests the order of names. */
class KeyTest {
  private static final int[] POINTS = {
    'a', 'b', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff
  };

  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    for (int length = random.nextInt(4); length > 0; length--) {
      name.appendCodePoint(POINTS[random.nextInt(POINTS.length)]);
    }
    return name.toString();
  }

  @Test
  void namesAreOrderedByTheirUtf8Bytes() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      String a = name(random);
      String b = name(random);
      assertThat(Integer.signum(Key.BYTE_ORDER.compare(a, b)))
          .isEqualTo(Integer.signum(Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8))));
    }
  }
}
