package io.hera.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the header by which a node introduces itself to another one. */
class HandshakeTest {
  private static final NodeId LON = new NodeId("sr-lon-1", "9f2c");
  private static final Handshake FULL =
      new Handshake(LON, 1_355_833_000_000L, "prod-eu", Set.of("view2", "held"), "7c1f");

  @Test
  void theHeaderParsesToTheSameHandshake() {
    assertThat(FULL.header())
        .isEqualTo(
            "sr-lon-1;life=9f2c;since=1355833000000;cluster=prod-eu;can=held,view2;cfg=7c1f");
    assertThat(Handshake.parse(FULL.header())).contains(FULL);
  }

  @Test
  void aHandshakeOfVersion10HasANameAndALife() {
    assertThat(Handshake.of(LON).header()).isEqualTo("sr-lon-1;life=9f2c");
    assertThat(Handshake.parse("sr-lon-1;life=9f2c")).contains(Handshake.of(LON));
  }

  @Test
  void version10ReadsTheLongestHandshake() {
    Set<String> can =
        IntStream.range(0, 20).mapToObj(i -> "a-long-rule-" + i).collect(Collectors.toSet());
    Handshake longest = new Handshake(
        new NodeId("n".repeat(255), "l".repeat(64)),
        Long.MAX_VALUE / 10,
        "c".repeat(64),
        can,
        "f".repeat(32));
    assertThat(NodeId.parse(longest.header())).contains(longest.node());
    assertThat(Handshake.parse(longest.header())).contains(longest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sr-lon-1;life=9f2c;since=soon;cluster=a b;can=;cfg=xyz",
        "sr-lon-1;life=9f2c;since=-1;cluster=;can=A,b c;cfg=",
        "sr-lon-1;since;later=1;life=9f2c;cluster;can",
        "sr-lon-1;life=9f2c;since=1234567890123456789012345",
      })
  void parametersThatAreUnknownOrInvalidAreSkipped(String header) {
    assertThat(Handshake.parse(header)).contains(Handshake.of(LON));
  }

  @ParameterizedTest
  @CsvSource({
    "sr-lon-1 ; Cluster = prod-eu ; life = 9f2c,prod-eu",
    "sr-lon-1;life=9f2c;cluster=a;cluster=b,a"
  })
  void spacesAndCaseAreSkippedAndTheFirstOfTwoCounts(String header, String cluster) {
    assertThat(Handshake.parse(header)).map(Handshake::cluster).contains(cluster);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sr-lon-1", "sr-lon-1;cluster=prod-eu", ";life=9f2c"})
  void aHeaderWithoutNameAndLifeIsRefused(String header) {
    assertThat(Handshake.parse(header)).isEmpty();
  }

  @Test
  void theRulesThatANodeUnderstandsAreBounded() {
    String many = IntStream.range(0, 100).mapToObj(i -> "r" + i).collect(Collectors.joining(","));
    assertThat(Handshake.parse("n;life=1;can=" + many)).get().satisfies(read -> {
      assertThat(read.can()).hasSize(Handshake.CAN_MAX);
      assertThat(read.can("r0")).isTrue();
      assertThat(read.can("view2")).isFalse();
    });
  }

  @Test
  void aHandshakeThatDoesNotFitInAHeaderIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Handshake(LON, 1, "a;b", Set.of(), ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Handshake(LON, 1, "", Set.of("a,b"), ""));
    assertThatIllegalArgumentException().isThrownBy(() -> new Handshake(LON, 1, "", Set.of(), "g"));
  }
}
