package io.hera.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceTest {
  private static Instance of(String document) {
    return new Instance("orders", "1", Document.of(document), false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'host':'10.0.0.1','port':80} | 10.0.0.1:80",
        "{'host':'10.0.0.1','port':'80'} | 10.0.0.1:80",
        "{'host':'10.0.0.1','port':80.0} | 10.0.0.1:80",
        "{'address':'10.0.0.2:81','host':'x','port':80} | 10.0.0.2:81",
        "{'address':'10.0.0.2','host':'x','port':80} | 10.0.0.2:80",
        "{'address':'http://x','host':'y','port':80} | y:80",
        "{'host':'::1','port':80} | [::1]:80",
        "{'host':'[::1]','port':80} | [::1]:80",
        "{'address':'[::1]:82'} | [::1]:82",
        "{'host':'a','port':0} | ",
        "{'host':'a','port':65536} | ",
        "{'host':'','port':80} | ",
        "{'host':'a b','port':80} | ",
        "{'host':'a/b','port':80} | ",
        "{'port':80} | ",
        "{} | "
      })
  void theAddressIsThatWhichNodesSeeToo(String document, String expected) {
    Instance instance = of(document.replace('\'', '"'));
    String found = instance.address().map(InstanceAddress::authority).orElse(null);
    assertThat(found).isEqualTo(expected);
    assertThat(io.hera.wire.TargetAddress.of(instance.document().bytes())
            .map(address -> address.address().toString())
            .orElse(null))
        .isEqualTo(expected);
  }

  @Test
  void anAddressIsNotResolved() {
    assertThat(of("{\"host\":\"localhost\",\"port\":1}").address())
        .hasValueSatisfying(address -> assertThat(address.isUnresolved()).isTrue());
  }

  @ParameterizedTest
  @CsvSource({"3,3", "0,0", "-1,0", "0.5,1", "1e9,65535", "'\"x\"',1", "null,1"})
  void aWeightIsABoundedInteger(String json, int weight) {
    assertThat(of("{\"weight\":" + json + "}").weight()).isEqualTo(weight);
  }

  @ParameterizedTest
  @CsvSource({"up,UP", "UP,UP", "down,DOWN", "Drain,DRAIN", "leader,UP", "'',UP"})
  void aStatusThatIsNeitherDownNorDrainIsUp(String text, Status status) {
    assertThat(of("{\"status\":\"" + text + "\"}").status()).isEqualTo(status);
    assertThat(of("{\"status\":1}").status()).isEqualTo(Status.UP);
  }

  @Test
  void anInstanceWithoutMembersHasDefaults() {
    assertThat(of("{}").zone()).isEmpty();
    assertThat(of("{}").weight()).isEqualTo(1);
    assertThat(of("{}").status()).isEqualTo(Status.UP);
  }
}
