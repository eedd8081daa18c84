package io.hera.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.InstanceStatus;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What balancers read in a document. */
class InstanceReadingTest {
  private static InstanceReading of(String document) {
    return InstanceReading.of(document.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | 1",
        "{'weight':0} | 0",
        "{'weight':3} | 3",
        "{'weight':'3'} | 3",
        "{'weight':256} | 255",
        "{'weight':1e99} | 1",
        "{'weight':-1} | 1",
        "{'weight':0.5} | 1",
        "{'weight':true} | 1",
        "{'weight':[2]} | 1",
      })
  void aWeightIsAnIntegerFrom0To255(String document, int weight) {
    assertThat(of(document).weight()).isEqualTo(weight);
  }

  @Test
  void tagsAreAnArrayOfStringsOrOneString() {
    assertThat(of("{'tags':['a',1,'b c',null,['d']]}").tags()).containsExactly("a", "b c");
    assertThat(of("{'tags':'a, b,,a'}").tags()).containsExactly("a", "b");
    assertThat(of("{'tags':{'a':1}}").tags()).isEmpty();
    assertThat(of("{'tags':''}").tags()).isEmpty();
    assertThat(of("{'tags':7}").tags()).isEmpty();
  }

  @Test
  void thePortOfADocumentWithoutNamedPortsHasAnyName() {
    assertThat(of("{'host':'h','port':80}").port("http")).hasValue(80);
    assertThat(of("{'host':'h','port':80,'ports':{'http':8080}}").port("http")).hasValue(8080);
    assertThat(of("{'host':'h','port':80,'ports':{'http':8080}}").port("admin")).isEmpty();
    assertThat(of("{'host':'h','port':80,'ports':[]}").port("http")).isEmpty();
    assertThat(of("{'host':'h','port':80,'ports':null}").port("http")).hasValue(80);
    assertThat(of("{'host':'h','port':80,'ports':'null'}").port("http")).isEmpty();
    assertThat(of("{'ports':{'http':0,'a':'x','b':70000}}").port("http"))
        .isEqualTo(OptionalInt.empty());
  }

  @Test
  void theStatusIsAString() {
    assertThat(of("{'status':'DRAIN'}").status()).isEqualTo(InstanceStatus.HIDDEN);
    assertThat(of("{'status':'ok'}").status()).isEqualTo(InstanceStatus.SHOWN);
    assertThat(of("{'status':['down']}").status()).isEqualTo(InstanceStatus.SHOWN);
  }

  @Test
  void scalarsAreTheMembersThatAreNeitherObjectsNorArraysNorNull() {
    assertThat(of("{'b':'x','a':1,'c':null,'d':[1],'e':{}}").scalars().toString())
        .isEqualTo("{b=x, a=1}");
  }

  @Test
  void aHostThatIsNoStringIsNone() {
    assertThat(of("{'host':1,'port':80}").address()).isEmpty();
    assertThat(of("{'host':true,'port':80}").address()).isEmpty();
  }
}
