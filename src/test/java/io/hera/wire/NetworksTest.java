package io.hera.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.IpText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks, as settings name them. */
class NetworksTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "10.255.255.255, true",
    "11.0.0.0, false",
    "172.16.0.0, true",
    "172.31.255.255, true",
    "172.32.0.0, false",
    "192.168.1.1, true",
    "192.169.0.0, false",
    "100.64.0.1, true",
    "100.128.0.0, false",
    "169.254.1.1, true",
    "::1, true",
    "::2, false",
    "fc00::1, true",
    "fdff::1, true",
    "fe00::1, false",
    "fe80::1, true",
    "febf::1, true",
    "fec0::1, false",
    "8.8.8.8, false",
    "2001:db8::1, false",
    "::ffff:10.0.0.1, true"
  })
  void privateAddressesAreNotRoutedOnTheInternet(String address, boolean contained) {
    assertThat(Networks.PRIVATE.contain(IpText.parse(address).orElseThrow())).isEqualTo(contained);
    assertThat(Networks.ANY.contain(IpText.parse(address).orElseThrow())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.0.1/8",
        "10.0.0.0/",
        "10.0.0.0/08",
        "10/8",
        "::1/129",
        "x",
        "",
        "10.0.0.0/-1",
        "fc00::1/7"
      })
  void aNetworkWithoutAPrefixOfItsAddressIsNone(String text) {
    assertThat(Network.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.1.2.3/32",
    "10.0.0.0/9, 10.0.0.0/9",
    "0.0.0.0/0, 0.0.0.0/0",
    "::/0, 0:0:0:0:0:0:0:0/0"
  })
  void anAddressIsANetwork(String text, String network) {
    assertThat(Network.parse(text).orElseThrow()).hasToString(network);
  }
}
