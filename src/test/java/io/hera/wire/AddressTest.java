package io.hera.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the text forms of the addresses of nodes and of instances. */
class AddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:80,127.0.0.1,80", "h:1,h,1", "node-1.example:65535,node-1.example,65535",
    "[::1]:8080,::1,8080", "[fe80::1%eth0]:1,fe80::1%eth0,1", "h:0080,h,80"
  })
  void hostAndPortAreParsed(String text, String host, int port) {
    assertThat(Address.parse(text)).contains(new Address(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "h",
        "h:",
        ":80",
        "h:0",
        "h:65536",
        "h:123456",
        "h:-1",
        "h:x",
        "::1:80",
        "[::1]",
        "[]:80",
        "[h]:80",
        "a b:80",
        "http://h:80",
        "h/x:80",
        "h:80/x"
      })
  void textThatIsNotHostAndPortIsNotAnAddress(String text) {
    assertThat(Address.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:80", "node-1:1", "[::1]:65535"})
  void theTextOfAnAddressParsesToTheSameAddress(String text) {
    assertThat(Address.parse(text).orElseThrow()).hasToString(text);
  }

  @Test
  void anAddressWithoutHostOrWithAPortOutOfRangeIsRefused() {
    assertThatThrownBy(() -> new Address("", 80)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Address("h", 65_536))
        .hasMessage("not an address: host \"h\", port 65536");
    assertThatThrownBy(() -> new Address("h", -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
