package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests that instances which expire together are purged in slices, and are not read in between. */
class P10SlicesTest extends ThreeNodes {
  @Test
  void aPurgeExpiresNoMoreThanItsSlice() {
    IntStream.range(0, 2_500).forEach(i -> a.put("s/" + i, "{}", 5_000));
    a.advance(4_900);
    a.clocks.pass(600);
    assertThat(a.registry().purge(1_000)).isTrue();
    assertThat(a.service("s")).hasSize(1_500);
    assertThat(a.registry().purge(1_000)).isTrue();
    assertThat(a.registry().purge(1_000)).isFalse();
    assertThat(a.service("s")).isEmpty();
  }

  /** A purge of many comes to some of them late. */
  @Test
  void aReadFindsNoInstanceWhoseDeadlineHasPassed() {
    a.put("s/1", "{}", 5_000);
    a.advance(4_900);
    assertThat(a.get("s/1")).isEqualTo("{}");
    a.clocks.pass(100);
    assertThat(a.get("s/1")).isNull();
    assertThat(a.view()).isEmpty();
  }

  /** The tombstone takes the place of the registration; peers get it at the same version. */
  @Test
  void anExpiredEntryKeepsItsPlaceAmongTheVersions() {
    IntStream.range(0, 5).forEach(i -> {
      a.put("s/" + i, "{}", i == 2 ? 5_000 : 0);
      a.advance(1);
    });
    var versions = a.entries("a").stream().map(Entry::version).toList();
    a.advance(6_000);
    assertThat(a.entries("a")).extracting(Entry::version).isEqualTo(versions);
    assertThat(a.entries("a").get(2)).isInstanceOf(Tombstone.class);
    b.pull(a);
    assertThat(b.view()).isEqualTo(a.view()).hasSize(4);
    assertThat(b.horizon("a")).isEqualTo(a.horizon("a"));
  }
}
