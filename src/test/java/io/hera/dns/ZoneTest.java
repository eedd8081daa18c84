package io.hera.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.dns.Names.Addition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names below the domain, and what they mean. */
class ZoneTest {
  private static Asked asked(String name, String... services) {
    Names names = new Names();
    Stream.of(services).forEach(names::add);
    return new Zone(Domain.of("hera.internal"), names).asked(Domain.of(name + ".hera.internal"));
  }

  private static String service(Asked asked) {
    return asked instanceof Asked.Instances some
        ? some.service() + " " + some.part()
        : asked.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "orders.service | orders All[]",
        "ORDERS.Service | orders All[]",
        "v1.orders.service | orders Labelled[label=v1]",
        "_orders._tcp.service | orders AllByPort[]",
        "_orders._udp.service | orders AllByPort[]",
        "_orders._v1.service | orders Tagged[tag=v1]",
        "_http._tcp.orders.service | orders WithPort[port=http]",
        "_http._tls.orders.service | Unknown[]",
        "http._tcp.orders.service | Unknown[]",
        "a.b.orders.service | Unknown[]",
        "_tcp.orders.service | Empty[]",
        "com.acme.orders.service | com.acme.orders All[]",
        "_com.acme.orders._tcp.service | com.acme.orders AllByPort[]",
        "v1.com.acme.orders.service | com.acme.orders Labelled[label=v1]",
        "acme.orders.service | orders Labelled[label=acme]",
        "acme.billing.service | Empty[]",
        "billing.service | Empty[]",
        "billing._tcp.service | Empty[]",
        "_x.service | Empty[]",
        "service | Empty[]",
        "ams.zone | Empty[]",
        "service.ams.zone | Empty[]",
        "service.zone | Empty[]",
        "service.service.zone | Empty[]",
        "zone | Empty[]",
        "x | Unknown[]",
        "ns | NameServer[]",
        "a.ns | Unknown[]",
      })
  void aNameMeansTheLongestServiceThatItEndsIn(String name, String expected) {
    assertThat(service(asked(name, "orders", "com.acme.orders", "org.acme.billing")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a._b.service | a._b All[]",
        "i-1.a._b.service | a._b Labelled[label=i-1]",
        "_http._tcp.a._b.service | a._b WithPort[port=http]",
        "_tcp.a._b.service | Empty[]",
        "_a._b._tcp.service | a._b AllByPort[]",
        "_b.service | Empty[]",
        "x.y.a._b.service | Unknown[]",
        "_orders._tcp.service | orders AllByPort[]",
        "x._orders._tcp.service | Unknown[]",
        "_a._tcp.service | Unknown[]",
        "_com.a._tcp.service | com.a AllByPort[]",
      })
  void theLastLabelOfAServiceMayBeginWithAnUnderscore(String name, String expected) {
    assertThat(service(asked(name, "orders", "a._b", "x._orders", "com.a", "a._tcp")))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ams", "a.b", "service", "a.service"})
  void aZoneMayEndInTheLabelService(String zone) {
    assertThat(asked("orders.service." + zone + ".zone", "orders"))
        .isInstanceOfSatisfying(
            Asked.Instances.class,
            some -> assertThat(some.zone()).contains(Labels.key(Labels.of(zone).orElseThrow())));
  }

  @Test
  void aNameThatOthersEndInIsNotDenied() {
    Asked.Instances some =
        (Asked.Instances) asked("acme.orders.service", "orders", "com.acme.orders");
    assertThat(some.otherwise()).isEqualTo(new Asked.Empty());
    assertThat(asked("acme.orders.service", "com.acme.orders")).isEqualTo(new Asked.Empty());
    assertThat(asked("orders.acme.service", "com.acme.orders")).isEqualTo(new Asked.Unknown());
  }

  @Test
  void aRemovedServiceLeavesNoNameBehind() {
    Names names = new Names();
    assertThat(List.of(names.add("a.b"), names.add("A.b"), names.add("a.b"), names.add("a..b")))
        .containsExactly(Addition.NAMED, Addition.AMBIGUOUS, Addition.KNOWN, Addition.BAD_NAME);
    assertThat(names.service(List.of("a", "b"))).contains("a.b");
    names.remove("a.b");
    assertThat(names.service(List.of("a", "b"))).contains("A.b");
    assertThat(names.isAbove(List.of("b"))).isTrue();
    names.remove("A.b");
    names.remove("A.b");
    assertThat(names.service(List.of("a", "b"))).isEmpty();
    assertThat(names.isAbove(List.of("b"))).isFalse();
    assertThat(names.size()).isZero();
  }

  @Test
  void aDotWithinALabelIsNotTheEndOfIt() {
    assertThat(service(asked("a\\.b.service", "a.b"))).isEqualTo("Unknown[]");
    assertThat(service(asked("v1\\.2.a.service", "a"))).isEqualTo("a Labelled[label=v1.2]");
  }
}
