package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests the arithmetic of content versions against {@link BigInteger}. */
class ContentVersionTest {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

  private final Random random = new Random(1);

  private ContentVersion any() {
    return random.nextInt(4) == 0
        ? new ContentVersion(-1, -random.nextInt(2))
        : new ContentVersion(random.nextLong(), random.nextLong());
  }

  private static BigInteger number(ContentVersion version) {
    return new BigInteger(version.hex(), 16);
  }

  @Test
  void contentVersionsAddAndSubtractModulo2To128() {
    for (int i = 0; i < 10_000; i++) {
      ContentVersion one = any();
      ContentVersion other = any();
      assertThat(number(one.plus(other)))
          .isEqualTo(number(one).add(number(other)).mod(MODULUS));
      assertThat(one.plus(other).minus(other)).isEqualTo(one);
      assertThat(one.minus(other)).isEqualTo(ContentVersion.NONE.minus(other).plus(one));
    }
  }

  @Test
  void theSumDoesNotDependOnTheOrder() {
    List<ContentVersion> parts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      parts.add(any());
    }
    ContentVersion sum = parts.stream().reduce(ContentVersion.NONE, ContentVersion::plus);
    Collections.shuffle(parts, random);
    assertThat(parts.stream().reduce(ContentVersion.NONE, ContentVersion::plus)).isEqualTo(sum);
  }
}
