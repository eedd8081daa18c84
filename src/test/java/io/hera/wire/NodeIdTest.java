package io.hera.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the header by which a process identifies itself. */
class NodeIdTest {
  private static final NodeId LON = new NodeId("sr-lon-1", "9f2c");

  @Test
  void theHeaderParsesToTheSameIdentity() {
    assertThat(LON.header()).isEqualTo("sr-lon-1;life=9f2c");
    assertThat(NodeId.parse(LON.header())).contains(LON);
    NodeId odd = new NodeId("a b=c,d", "!=~");
    assertThat(NodeId.parse(odd.header())).contains(odd);
    NodeId longest = new NodeId("n".repeat(255), "l".repeat(64));
    assertThat(NodeId.parse(longest.header())).contains(longest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " sr-lon-1 ; life = 9f2c ",
        "sr-lon-1;LIFE=9f2c",
        "sr-lon-1;since=1;life=9f2c;more",
      })
  void spacesAndOtherParametersAreSkipped(String header) {
    assertThat(NodeId.parse(header)).contains(LON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "sr-lon-1",
        "sr-lon-1;",
        "sr-lon-1;life",
        "sr-lon-1;life=",
        ";life=9f2c",
        " ;life=9f2c",
        "sr-lon-1;life=9f 2c",
        "sr-lön-1;life=9f2c",
        "sr\u0001;life=9f2c",
        "sr-lon-1;life=\u007f",
        "sr-lon-1;=9f2c",
      })
  void aHeaderWithoutValidNameAndLifeIsRefused(String header) {
    assertThat(NodeId.parse(header)).isEmpty();
  }

  @Test
  void nameAndLifeAreBoundedInLength() {
    assertThat(NodeId.parse("n".repeat(256) + ";life=1")).isEmpty();
    assertThat(NodeId.parse("n;life=" + "l".repeat(65))).isEmpty();
    assertThat(NodeId.parse("n;life=l" + " ".repeat(2000))).isEmpty();
  }

  @Test
  void anIdentityThatDoesNotFitInAHeaderIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new NodeId("a;b", "l"));
    assertThatIllegalArgumentException().isThrownBy(() -> new NodeId("a ", "l"));
    assertThatIllegalArgumentException().isThrownBy(() -> new NodeId("a", ""));
  }
}
