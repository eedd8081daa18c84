package io.hera.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.access.ServicePattern.Match;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which services patterns name. */
class ServiceSetTest {
  private static ServicePattern exact(String name) {
    return new ServicePattern(name, Match.EXACT);
  }

  private static ServicePattern prefix(String name) {
    return new ServicePattern(name, Match.PREFIX);
  }

  private static ServiceSet set(ServicePattern... patterns) {
    return ServiceSet.of(List.of(patterns));
  }

  @Test
  void anExactPatternNamesOneService() {
    ServiceSet set = set(exact("billing"));
    assertThat(set.test("billing")).isTrue();
    assertThat(List.of("billing2", "bill", "Billing", "", "billing/1")).noneMatch(set);
    assertThat(set.isAll()).isFalse();
    assertThat(set.isEmpty()).isFalse();
  }

  @Test
  void aPrefixNamesAllServicesThatBeginWithIt() {
    ServiceSet set = set(prefix("billing-"));
    assertThat(List.of("billing-", "billing-a", "billing-a-b")).allMatch(set);
    assertThat(List.of("billing", "a-billing-", "Billing-a")).noneMatch(set);
  }

  @Test
  void theEmptyPrefixNamesAllServices() {
    assertThat(ServiceSet.ALL.isAll()).isTrue();
    assertThat(List.of("a", "*", "ü")).allMatch(ServiceSet.ALL);
    assertThat(set(exact("a"), ServicePattern.ALL)).isEqualTo(ServiceSet.ALL);
  }

  @Test
  void aServiceNamedLikeAStarIsNotAllServices() {
    ServiceSet set = set(exact("*"));
    assertThat(set.test("*")).isTrue();
    assertThat(set.test("a")).isFalse();
  }

  @Test
  void namesAreEqualOnlyIfTheirCharactersAre() {
    ServiceSet set = set(exact("caf\u00e9"));
    assertThat(set.test("caf\u00e9")).isTrue();
    assertThat(set.test("cafe\u0301")).isFalse();
  }

  @Test
  void withoutPatternsThereIsNoService() {
    assertThat(set().isEmpty()).isTrue();
    assertThat(set().test("a")).isFalse();
  }

  @Test
  void setsOfTheSameServicesAreEqual() {
    ServiceSet set = set(prefix("a"), exact("b"));
    assertThat(set(exact("b"), prefix("a"), prefix("ab"), exact("ax")))
        .isEqualTo(set)
        .hasSameHashCodeAs(set);
    assertThat(set(prefix("a"), exact("c"))).isNotEqualTo(set);
    assertThat(set(exact("a"), prefix("b"))).isNotEqualTo(set);
  }
}
