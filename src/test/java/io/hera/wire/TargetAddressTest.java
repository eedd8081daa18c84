package io.hera.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests where a document says that its instance listens. */
class TargetAddressTest {
  private static Optional<TargetAddress> of(String document) {
    byte[] json = document.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return TargetAddress.of(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'address':'10.0.0.1:80'} | 10.0.0.1:80",
        "{'address':'10.0.0.1','port':8080} | 10.0.0.1:8080",
        "{'address':'10.0.0.1','port':'8080'} | 10.0.0.1:8080",
        "{'address':'a.example','port':8080.0} | a.example:8080",
        "{'address':'::1','port':80} | [::1]:80",
        "{'address':'[fd00::1]','port':80} | [fd00::1]:80",
        "{'address':'[fd00::1]:81','port':80} | [fd00::1]:81",
        "{'address':'10.0.0.1:80','port':8080,'host':'h'} | 10.0.0.1:80",
        "{'host':'h','port':80} | h:80",
        "{'host':'10.1.1.2','port':'081'} | 10.1.1.2:81",
        "{'host':'::ffff:10.1.1.2','port':65535} | [::ffff:10.1.1.2]:65535",
        "{'host':'[::1]','port':1} | [::1]:1",
        "{'host':'my_host.local.','port':8e1} | my_host.local.:80",
        "{'address':'Main Street 5','host':'h','port':80} | h:80",
        "{'address':'http://h:80/','host':'h','port':80} | h:80",
        "{'address':'10.0.0.1:0','host':'h','port':80} | h:80",
        "{'address':'','host':'h','port':80} | h:80",
      })
  void theFirstValidAddressIsTaken(String document, String address) {
    assertThat(of(document).orElseThrow().address()).hasToString(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'host':'h'}",
        "{'port':1}",
        "{'address':'10.0.0.1'}",
        "{'address':'::1'}",
        "{'address':'unix:/run/x'}",
        "{'address':'http://10.0.0.1:80'}",
        "{'address':'h:80/path'}",
        "{'address':'h:99999'}",
        "{'address':'a b:80'}",
        "{'address':'10.0.0.256:80'}",
        "{'address':'1.2.3:80'}",
        "{'address':'-h:80'}",
        "{'address':'h..i:80'}",
        "{'address':'[::1:80'}",
        "{'address':'[:::1]:80'}",
        "{'address':'[fe80::1%eth0]:80'}",
        "{'address':'fe80::1%eth0','port':80}",
        "{'host':'','port':80}",
        "{'host':'h','port':'http'}",
        "{'host':'h','port':0}",
        "{'host':'h','port':-80}",
        "{'host':'h','port':65536}",
        "{'host':'h','port':80.5}",
        "{'host':'h','port':1e99999999}",
        "{'host':'h','port':true}",
        "{'host':'h','port':[80]}",
        "{'host':'h:1','port':80}",
        "{'host':'h@i','port':80}",
        "{'host':{'name':'h'},'port':80}",
        "{'host':null,'port':80}",
        "{'address':true,'port':80}",
      })
  void aDocumentWithoutAValidHostAndPortHasNoAddress(String document) {
    assertThat(of(document)).isEmpty();
  }

  @Test
  void aNameIsAtMost253BytesLongAndItsLabels63() {
    String label = "x".repeat(63);
    assertThat(of("{'address':'" + label + ":80'}")).isPresent();
    assertThat(of("{'address':'" + label + "x:80'}")).isEmpty();
    assertThat(of("{'address':'" + "x.".repeat(126) + "x:80'}")).isPresent();
    assertThat(of("{'address':'" + "x.".repeat(127) + "x:80'}")).isEmpty();
  }

  @Test
  void theMembersThatGiveTheAddressAreNamed() {
    assertThat(of("{'address':'h:1','host':'i','port':2}").orElseThrow().members())
        .isEqualTo(Set.of("address"));
    assertThat(of("{'address':'h','host':'i','port':2}").orElseThrow().members())
        .isEqualTo(Set.of("address", "port"));
    assertThat(of("{'address':'?','host':'i','port':2}").orElseThrow().members())
        .isEqualTo(Set.of("host", "port"));
  }
}
