package io.hera.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OfferTest {
  @Test
  void anOfferOfAPortGetsItsHostAndItsIdLater() {
    Offer offer = Offer.of("orders", 8080).with("zone", "ams");
    assertThat(offer.ttl()).isEqualTo(Duration.ofSeconds(30));
    assertThat(offer.needsHost()).isTrue();
    Offer whole = offer.at("10.0.0.7");
    assertThat(whole.id()).isEqualTo("10.0.0.7-8080");
    assertThat(whole.document())
        .isEqualTo(Document.of("{\"port\":8080,\"zone\":\"ams\",\"host\":\"10.0.0.7\"}"));
    assertThat(whole.needsHost()).isFalse();
  }

  @Test
  void aHostOfItsOwnWins() {
    Offer offer = Offer.of("orders", 8080).with("host", "orders.example");
    assertThat(offer.at("10.0.0.7").id()).isEqualTo("orders.example-8080");
    assertThat(offer.withId("1").needsHost()).isFalse();
    assertThat(offer.withId("1").at("10.0.0.7")).isEqualTo(offer.withId("1"));
  }

  static List<String> names() {
    return List.of(
        "orders",
        "a b",
        "é",
        "a:b",
        "日本",
        "x".repeat(255),
        "é".repeat(127),
        "😀",
        "_a",
        "a_",
        "",
        ".",
        "..",
        "...",
        "a/b",
        "a\\b",
        "a\nb",
        "a\u007f",
        "a\u0085",
        "\ud800",
        "x".repeat(256),
        "é".repeat(128));
  }

  @ParameterizedTest
  @MethodSource("names")
  void namesAreValidWhereNodesTakeThem(String name) {
    boolean service = io.hera.wire.Names.flawOfService(name).isEmpty();
    boolean id = io.hera.wire.Names.flawOfId(name).isEmpty();
    assertThat(isValid(() -> Names.service(name))).isEqualTo(service);
    assertThat(isValid(() -> Names.id(name))).isEqualTo(id);
  }

  private static boolean isValid(Runnable check) {
    try {
      check.run();
      return true;
    } catch (IllegalArgumentException flaw) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({"0, port: 0 is not in 1..65535", "65536, port: 65536 is not in 1..65535"})
  void aPortOutsideOfItsRangeIsRefused(int port, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Offer.of("orders", port))
        .withMessage(message);
  }

  @Test
  void anOfferWithoutIdNeedsAPort() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Offer.of("orders", "", Document.empty()))
        .withMessage("port: 0 is not in 1..65535");
    assertThat(Offer.of("orders", "1", Document.empty()).id()).isEqualTo("1");
  }

  @Test
  void aTtlOutsideOfItsRangeIsRefused() {
    Offer offer = Offer.of("orders", 8080);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> offer.withTtl(Duration.ofMillis(999)))
        .withMessage("ttl: PT0.999S is not in 1 s..365 days");
    assertThatIllegalArgumentException().isThrownBy(() -> offer.withTtl(Duration.ofDays(366)));
  }

  @Test
  void namesAreEncodedByteByByteInUrls() {
    assertThat(Names.encoded("a-b._~Z9")).isEqualTo("a-b._~Z9");
    assertThat(Names.encoded("é /:%+")).isEqualTo("%C3%A9%20%2F%3A%25%2B");
  }
}
