package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The address and the status of an instance, as all ways out read them. */
class InstanceAddressTest {
  private static InstanceAddress of(String host) {
    return InstanceAddress.of(Map.of("host", host)).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.1.1, 10.1.1.1",
    "0.0.0.0, 0.0.0.0",
    "::1, 0:0:0:0:0:0:0:1",
    "[::1], 0:0:0:0:0:0:0:1",
    "::, 0:0:0:0:0:0:0:0",
    "2001:DB8::a:1, 2001:db8:0:0:0:0:a:1",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:10.1.1.1, 1:2:3:4:5:6:a01:101",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::ffff:10.1.1.1, 10.1.1.1",
    "::FFFF:a01:101, 10.1.1.1",
  })
  void anIpAddressIsReadWithoutALookUp(String host, String ip) {
    assertThat(of(host).ip()).map(InetAddress::getHostAddress).contains(ip);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.1",
        "127.1",
        "0x7f.1",
        "0x7f000001.1",
        "010.0.0.1",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.",
        "1",
        "fe80::1%eth0",
        "fe80::1%1",
        ":::1",
        "1::2::3",
        "1:2:3",
        "1:2:3:4:5:6:7:8:9",
        "::12345",
        "1:2:3:4:5:6:7:8::",
        "10.1.1.1::",
        "::10.1.1",
        "::10.01.1.1",
        ":",
        "[::1",
        "a b",
        "-a",
        "a-",
        "a..b",
        ".a",
        "a.1",
        "",
        "a/b"
      })
  void textThatIsNeitherAnAddressNorANameGivesNoHost(String host) {
    assertThat(InstanceAddress.of(Map.of("host", host, "port", "80"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"db.example.com", "db.example.com.", "my_host", "xn--a", "a1", "1a.b2"})
  void aNameIsNoIpAddress(String host) {
    assertThat(of(host).ip()).isEmpty();
    assertThat(of(host).host()).isEqualTo(host);
  }

  @ParameterizedTest
  @CsvSource({
    "80, 80",
    "080, 80",
    "65535, 65535",
    "80.0, ",
    "0, ",
    "70000, ",
    "-1, ",
    "1e1, ",
    "'', ",
    "+8, "
  })
  void aPortIsDigitsIn1To65535(String text, Integer port) {
    OptionalInt expected = port == null ? OptionalInt.empty() : OptionalInt.of(port);
    assertThat(
            InstanceAddress.of(Map.of("host", "h", "port", text)).orElseThrow().port())
        .isEqualTo(expected);
  }

  @Test
  void anAddressGoesBeforeAHost() {
    Map<String, String> whole = Map.of("address", "10.1.1.1:1", "host", "10.1.1.2", "port", "2");
    assertThat(InstanceAddress.of(whole).orElseThrow().port()).hasValue(1);
    Map<String, String> apart = Map.of("address", "10.1.1.1", "host", "10.1.1.2", "port", "2");
    assertThat(InstanceAddress.of(apart).orElseThrow().host()).isEqualTo("10.1.1.1");
    Map<String, String> wrong = Map.of("address", "10.1.1.1:0", "host", "10.1.1.2", "port", "2");
    assertThat(InstanceAddress.of(wrong).orElseThrow().host()).isEqualTo("10.1.1.2");
  }

  @ParameterizedTest
  @CsvSource({
    "down, HIDDEN",
    "DRAIN, HIDDEN",
    "draining, HIDDEN",
    "Out_Of_Service, HIDDEN",
    "maintenance, HIDDEN",
    "starting, HIDDEN",
    "critical, HIDDEN",
    "ok, SHOWN",
    "up, SHOWN",
    "'', SHOWN",
    "leader, SHOWN",
    "downs, SHOWN"
  })
  void onlySomeWordsHideAnInstanceFromBalancers(String status, InstanceStatus expected) {
    assertThat(InstanceStatus.of(status)).isEqualTo(expected);
  }
}
