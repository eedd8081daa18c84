package io.hera.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.client.Balancer.Pick;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class EjectionTest extends BalancingTest {
  private final ConnectException refused = new ConnectException("refused");

  @Test
  void aFailureToConnectEjectsAtOnceForASecond() {
    show(4);
    TwoChoices balancer = balancer();
    pickOf(balancer, "1").failed(new CompletionException(new IOException(refused)));
    assertChosen(balancer, "0", "2", "3");
    nanos += SECOND - 1;
    assertChosen(balancer, "0", "2", "3");
    nanos += 1;
    assertChosen(balancer, "0", "1", "2", "3");
  }

  @Test
  void threeOtherFailuresInARowEject() {
    show(4);
    TwoChoices balancer = balancer();
    fail(balancer, "1", 2);
    assertChosen(balancer, "0", "1", "2", "3");
    // A success has come between.
    fail(balancer, "1", 2);
    pickOf(balancer, "1").close();
    fail(balancer, "1", 2);
    Pick last = pickOf(balancer, "1");
    last.failed(new IOException("reset"));
    assertChosen(balancer, "0", "2", "3");
  }

  @Test
  void anAbandonedCallIsNeitherASuccessNorAFailure() {
    show(4);
    TwoChoices balancer = balancer();
    fail(balancer, "1", 2);
    pickOf(balancer, "1").abandon();
    fail(balancer, "1", 1);
    assertChosen(balancer, "0", "2", "3");
  }

  @Test
  void nothingWasSentIfThereWasNoConnection() {
    assertThat(Balancer.nothingWasSent(new CompletionException(refused))).isTrue();
    assertThat(Balancer.nothingWasSent(new IOException("reset"))).isFalse();
  }

  private static void fail(TwoChoices balancer, String id, int times) {
    for (int i = 0; i < times; i++) {
      pickOf(balancer, id).failed(new IOException("reset"));
    }
  }

  @Test
  void theTimeDoublesUpToThirtySecondsAndASuccessEndsThat() {
    CallHealth health = CallHealth.GOOD;
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      health = health.afterFailure(refused, nanos);
      seconds.add((health.untilNanos() - nanos) / SECOND);
    }
    assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    health = health.afterSuccess().afterFailure(refused, nanos);
    assertThat(health.untilNanos() - nanos).isEqualTo(SECOND);
  }

  @Test
  void oneFailureAfterAnEjectionEjectsAgain() {
    show(4);
    TwoChoices balancer = balancer();
    pickOf(balancer, "1").failed(refused);
    nanos += SECOND;
    pickOf(balancer, "1").failed(new IOException("reset"));
    nanos += 2 * SECOND - 1;
    assertChosen(balancer, "0", "2", "3");
    nanos += 1;
    assertChosen(balancer, "0", "1", "2", "3");
  }

  @Test
  void callsFromBeforeAnEjectionCountNeitherWay() {
    show(4);
    TwoChoices balancer = balancer();
    List<Pick> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      calls.add(balancer.pick().orElseThrow());
    }
    List<Pick> ofOne =
        calls.stream().filter(call -> call.instance().id().equals("1")).toList();
    assertThat(ofOne).hasSizeGreaterThan(4);
    ofOne.subList(1, ofOne.size()).forEach(call -> call.failed(refused));
    ofOne.get(0).close();
    calls.forEach(Pick::close);
    assertChosen(balancer, "0", "2", "3");
    nanos += SECOND;
    assertChosen(balancer, "0", "1", "2", "3");
  }

  @Test
  void atMostHalfAreEjected() {
    show(5);
    TwoChoices balancer = balancer();
    List<Pick> calls = new ArrayList<>();
    for (String id : List.of("0", "1", "2", "3", "4")) {
      calls.add(pickOf(balancer, id));
    }
    for (Pick call : calls) {
      nanos += 1;
      call.failed(refused);
    }
    // Those whose time ends last.
    assertChosen(balancer, "0", "1", "2");
  }

  @Test
  void theOnlyInstanceIsNotEjected() {
    show(1);
    TwoChoices balancer = balancer();
    pickOf(balancer, "0").failed(refused);
    assertChosen(balancer, "0");
  }

  @Test
  void anEjectionOutlivesAChangeOfTheList() {
    show("1", "2", "3");
    TwoChoices balancer = balancer();
    pickOf(balancer, "1").failed(refused);
    show("0", "1", "2", "3");
    assertChosen(balancer, "0", "2", "3");
    show("0", "1 version=2", "2", "3");
    assertChosen(balancer, "0", "1", "2", "3");
  }

  @Test
  void aSuccessInAPanicEndsAnEjection() {
    show("1", "2 status=down", "3 status=down", "4 status=down");
    TwoChoices balancer = balancer();
    pickOf(balancer, "1").failed(refused);
    pickOf(balancer, "1").close();
    show("1", "2", "3", "4");
    assertChosen(balancer, "1", "2", "3", "4");
  }
}
