package io.hera.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.TestCa;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which hosts a certificate is for. */
class SubjectNamesTest {
  private static final TestCa CA = new TestCa();

  private static SubjectNames names(String... hosts) {
    return SubjectNames.of(CA.issue(hosts).certificate());
  }

  @ParameterizedTest
  @CsvSource({
    "b.example,b.example",
    "b.example,B.Example",
    "B.EXAMPLE,b.example",
    "b.example,b.example.",
    "10.0.0.1,10.0.0.1",
    "fd00::1,fd00:0:0::0001",
    "fd00::1,[fd00::1]",
    "fd00::1,FD00::1",
  })
  void aNameMatchesWhateverItsCaseAndAnAddressByItsValue(String name, String host) {
    assertThat(names("other.example", name).matches(host)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "b.example,c.example",
    "b.example,a.b.example",
    "b.example,example",
    "*.example,b.example",
    "*,b",
    "10.0.0.1,10.0.0.2",
    "10.0.0.1,10.0.0.1.example",
    "fd00::1,fd00::2",
    "https://b.example/,b.example",
  })
  void nothingElseMatchesNotEvenByAWildcard(String name, String host) {
    assertThat(names(name).matches(host)).isFalse();
  }

  /** A name for 10.0.0.1 as text does not prove the address: clients do not accept it either. */
  @Test
  void anAddressIsNotMatchedByADnsName() {
    SubjectNames names = new SubjectNames(List.of("10.0.0.1"), List.of(), List.of());

    assertThat(names.matches("10.0.0.1")).isFalse();
  }

  @Test
  void aNameWithNulIsNotTheNameBeforeIt() {
    assertThat(names("b.example\0.evil.example").matches("b.example")).isFalse();
  }

  @Test
  void theCommonNameIsNotAName() {
    assertThat(names("x.example").matches("node")).isFalse();
  }

  @Test
  void eachKindOfNameIsRead() {
    SubjectNames names = names("B.example", "10.0.0.1", "spiffe://example.org/web");

    assertThat(names.dns()).containsExactly("b.example");
    assertThat(names.addresses()).containsExactly("10.0.0.1");
    assertThat(names.uris()).containsExactly("spiffe://example.org/web");
    assertThat(names).hasToString("b.example, 10.0.0.1");
  }
}
