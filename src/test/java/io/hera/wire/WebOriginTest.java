package io.hera.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Origins of web pages, and Host headers. */
class WebOriginTest {
  @ParameterizedTest
  @CsvSource({
    "http://a.example,http,a.example,80,http://a.example",
    "https://a.example,https,a.example,443,https://a.example",
    "HTTPS://A.Example:443,https,a.example,443,https://a.example",
    "http://a.example.:8080,http,a.example,8080,http://a.example:8080",
    "http://my_box:80,http,my_box,80,http://my_box",
    "http://127.0.0.1:8080,http,127.0.0.1,8080,http://127.0.0.1:8080",
    "http://[::1]:8080,http,[0:0:0:0:0:0:0:1],8080,http://[0:0:0:0:0:0:0:1]:8080",
    "http://[0:0::1],http,[0:0:0:0:0:0:0:1],80,http://[0:0:0:0:0:0:0:1]",
    "https://[::ffff:1.2.3.4],https,[::ffff:1.2.3.4],443,https://[::ffff:1.2.3.4]"
  })
  void anOriginHasASchemeAHostAndAPort(
      String text, String scheme, String host, int port, String written) {
    WebOrigin origin = new WebOrigin(scheme, host, port);

    assertThat(WebOrigin.parse(text)).contains(origin);
    assertThat(origin).hasToString(written);
    assertThat(WebOrigin.parse(written)).contains(origin);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "*",
        "a.example",
        "//a.example",
        "http:/a.example",
        "http://",
        "http://.",
        "http://a..",
        "http://a/",
        "http://a?",
        "http://a b",
        "http://a,b",
        "http://a http://b",
        "http://u@a",
        "http://a:x",
        "http://a:65536",
        "http://a:-1",
        "http://a:999999",
        "http://*.a",
        "http://[::1",
        "http://[::1]x",
        "http://[:::]",
        "http://[a]",
        "http://[::1].",
        "http://\u00e4",
        "ftp://a",
        "file://",
        "chrome-extension://abc"
      })
  void anythingElseIsNotAnOrigin(String text) {
    assertThat(WebOrigin.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,true",
    "10.20.30.255:80,true",
    "127.0.0.1.,true",
    "[::1],true",
    "[FE80::1]:8080,true",
    "127.0.0.1.evil.example,false",
    "127.0.0.256,false",
    "127.0.0,false",
    "127.1,false",
    "1.2.3.4.5,false",
    "0x7f.0.0.1,false",
    "127.0.0.01,false",
    "localhost,false"
  })
  void onlyALiteralIsAnIpAddress(String host, boolean isAddress) {
    assertThat(WebOrigin.of(WebOrigin.HTTP, host))
        .hasValueSatisfying(origin -> assertThat(origin.hasIpAddress()).isEqualTo(isAddress));
  }

  @Test
  void aVeryLongHostIsReadInLinearTime() {
    assertThat(WebOrigin.of(WebOrigin.HTTP, "a.".repeat(100_000) + "/")).isEmpty();
  }
}
