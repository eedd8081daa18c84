package io.hera.sim.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks S1 to S4 for every sequence of up to 6 events; {@code -Ddepth=} sets another depth. */
class ModelCheckTest {
  static List<Explorer.Scope> scopes() {
    return ModelCheck.scopes(Integer.getInteger("depth", 6));
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void theInvariantsHoldAfterEverySequence(Explorer.Scope scope) {
    Explorer.Result result = new Explorer(scope).run(line -> {});
    assertThat(result.violation()).as(scope.name()).isEmpty();
    assertThat(result.transitions()).isGreaterThan(1_000);
  }
}
