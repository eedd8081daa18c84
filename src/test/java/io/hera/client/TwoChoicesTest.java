package io.hera.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hera.client.Balancer.Pick;
import io.hera.client.Locality.Preference;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** Tests whom a balancer chooses; {@link EjectionTest} has failures. */
class TwoChoicesTest extends BalancingTest {
  @Test
  void aViewWithoutInstancesGivesNoPick() {
    TwoChoices balancer = balancer();
    assertThat(balancer.pick()).isEmpty();
    assertThat(balancer.pick("key")).isEmpty();
    assertThat(balancer.pickNot(Set.of("1"))).isEmpty();
  }

  @Test
  void callsAreSpreadEvenly() {
    show(10);
    assertThat(counts(balancer(), 10_000).values()).allMatch(count -> count > 850 && count < 1_150);
  }

  @Test
  void callsAreSpreadByWeight() {
    show("1 weight=1", "2 weight=3", "3 weight=0");
    Map<String, Integer> counts = counts(balancer(), 10_000);
    assertThat(counts).containsOnlyKeys("1", "2");
    assertThat(counts.get("2")).isBetween(7_000, 8_000);
  }

  @Test
  void instancesOfWeightZeroAreCalledIfAllAre() {
    show("1 weight=0", "2 weight=0");
    assertChosen(balancer(), "1", "2");
  }

  @Test
  void theOneWithFewerCallsInFlightGetsTheCall() {
    show(10);
    TwoChoices balancer = balancer();
    Map<String, Integer> open = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      open.merge(balancer.pick().orElseThrow().instance().id(), 1, Integer::sum);
    }
    assertThat(open.values()).hasSize(10).allMatch(count -> count > 95 && count < 105);
  }

  @Test
  void callsInFlightCountByWeight() {
    show("1 weight=1", "2 weight=4");
    TwoChoices balancer = balancer();
    Map<String, Integer> open = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      open.merge(balancer.pick().orElseThrow().instance().id(), 1, Integer::sum);
    }
    assertThat(open.get("1")).isBetween(195, 205);
  }

  @Test
  void aPickEndsOnce() {
    show(2);
    TwoChoices balancer = balancer();
    Pick one = balancer.pick().orElseThrow();
    Pick other = balancer.pick().orElseThrow();
    assertThat(other.instance()).isNotEqualTo(one.instance());
    for (int i = 0; i < 5; i++) {
      one.close();
      one.failed(new IllegalStateException());
      one.abandon();
    }
    // Were it counted more than once, no call in flight would keep the next ones away from it.
    Pick third = balancer.pick().orElseThrow();
    assertThat(third.instance()).isEqualTo(one.instance());
    other.close();
    assertThat(balancer.pick().orElseThrow().instance()).isEqualTo(other.instance());
  }

  @Test
  void countersOutliveAChangeOfTheList() {
    show("1", "2");
    TwoChoices balancer = balancer();
    pickOf(balancer, "1");
    show("0", "1", "2");
    assertThat(id(balancer.pick())).isPresent();
    show("1", "2");
    for (int i = 0; i < 20; i++) {
      assertThat(id(balancer.pick())).contains("2");
    }
  }

  @Test
  void anInstanceWithAnotherDocumentBeginsAnew() {
    show("1", "2");
    TwoChoices balancer = balancer();
    pickOf(balancer, "1");
    show("1 version=2", "2");
    assertChosen(balancer, "1", "2");
  }

  @Test
  void instancesThatAreDownHeldOrDrainingAreSkipped() {
    show("1", "2", "3", "4", "5 status=down", "6 held=yes", "7 status=drain");
    assertChosen(balancer(), "1", "2", "3", "4");
  }

  @Test
  void allButTheDrainingAreCalledIfFewerThanHalfCouldBe() {
    show("1", "2 status=down", "3 held=yes", "4 status=drain", "5 status=drain");
    assertChosen(balancer(), "1", "2", "3");
    show("1", "2 status=down", "4 status=drain", "5 status=drain");
    assertChosen(balancer(), "1");
    show("4 status=drain");
    assertThat(balancer().pick()).isEmpty();
  }

  @Test
  void theSameZoneComesFirstWhileAThirdOfItCanBeCalled() {
    TwoChoices balancer = balancer(Locality.of("ams"));
    show("1 zone=ams", "2 zone=ams", "3 zone=ams", "4 zone=fra", "5");
    assertChosen(balancer, "1", "2", "3");
    show("1 zone=ams", "2 zone=ams status=down", "3 zone=ams status=down", "4 zone=fra", "5");
    assertChosen(balancer, "1");
    show("1 zone=ams status=down", "2 zone=ams status=down", "4 zone=fra", "5");
    assertChosen(balancer, "4", "5");
    show("4 zone=fra", "5");
    assertChosen(balancer, "4", "5");
  }

  @Test
  void aHealthyZoneStaysFirstWhileAllOthersAreDown() {
    TwoChoices balancer = balancer(Locality.of("ams"));
    show("1 zone=ams", "2 status=down", "3 status=down", "4 status=down");
    assertChosen(balancer, "1");
  }

  @Test
  void aStrictCallerStaysInItsZone() {
    TwoChoices balancer = balancer(new Locality("ams", Preference.STRICT));
    show("1 zone=ams status=down", "4 zone=fra");
    assertChosen(balancer, "1");
    assertThat(id(balancer.pickNot(Set.of("1")))).isEmpty();
    show("4 zone=fra");
    assertThat(balancer.pick()).isEmpty();
  }

  @Test
  void aCallerInNoZoneCallsAll() {
    show("1 zone=ams", "2");
    assertChosen(balancer(Locality.of("")), "1", "2");
    assertChosen(balancer(new Locality("ams", Preference.IGNORE)), "1", "2");
  }

  @Test
  void aRepeatedCallGoesToAnotherInstance() {
    TwoChoices balancer = balancer(Locality.of("ams"));
    show("1 zone=ams", "2 zone=ams", "3", "4 status=down");
    assertThat(id(balancer.pickNot(Set.of("1")))).contains("2");
    assertThat(id(balancer.pickNot(Set.of("1", "2")))).contains("3");
    assertThat(id(balancer.pickNot(Set.of("1", "2", "3")))).contains("4");
    assertThat(id(balancer.pickNot(Set.of("1", "2", "3", "4")))).isEmpty();
  }

  @Test
  void aRepeatedCallFindsTheOnlyOtherOneOfMany() {
    show(100);
    Set<String> tried = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      tried.add(id(balancer().pickNot(tried)).orElseThrow());
    }
    assertThat(tried).hasSize(100);
  }

  @Test
  void equalKeysGetTheSameInstanceAtAllClients() {
    show("1", "2", "3", "4", "5");
    Map<String, String> before = byKey(balancer());
    show("5", "3", "1", "4", "2");
    assertThat(byKey(balancer())).isEqualTo(before);
    assertThat(before.values()).contains("1", "2", "3", "4", "5");
  }

  @Test
  void onlyTheKeysOfAnInstanceThatGoesMove() {
    show("1", "2", "3", "4", "5");
    Map<String, String> before = byKey(balancer());
    show("1", "2", "4", "5");
    Map<String, String> after = byKey(balancer());
    before.forEach((key, id) -> {
      if (!id.equals("3")) {
        assertThat(after).containsEntry(key, id);
      }
    });
  }

  @Test
  void keysAreSpreadByWeight() {
    show("1 weight=1", "2 weight=3", "3 weight=0");
    Map<String, String> keys = byKey(balancer());
    assertThat(keys.values().stream().filter("2"::equals).count()).isBetween(700L, 800L);
    assertThat(keys.values()).doesNotContain("3");
  }

  private static Map<String, String> byKey(Balancer balancer) {
    Map<String, String> keys = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      String key = "customer-" + i;
      keys.put(key, id(balancer.pick(key)).orElseThrow());
    }
    return keys;
  }

  @Test
  void aPickMakesUrls() {
    show("1", "2 scheme=https address=[::1]:8443", "3 scheme=a/b", "4 port=x");
    TwoChoices balancer = balancer();
    assertThat(pickOf(balancer, "1").uri("/a?b=c%20d"))
        .isEqualTo(URI.create("http://h1:80/a?b=c%20d"));
    assertThat(pickOf(balancer, "2").uri("/")).isEqualTo(URI.create("https://[::1]:8443/"));
    assertThat(pickOf(balancer, "3").uri("/")).isEqualTo(URI.create("http://h3:80/"));
    Pick pick = pickOf(balancer, "4");
    assertThatIllegalStateException().isThrownBy(() -> pick.uri("/"));
    assertThatIllegalArgumentException().isThrownBy(() -> pick.uri("a"));
    assertThatIllegalArgumentException().isThrownBy(() -> pickOf(balancer, "1").uri("/a b"));
  }

  @Test
  void countersAreExactAfterCallsOfManyThreads() throws InterruptedException {
    show(2);
    TwoChoices balancer = new TwoChoices(
        () -> snapshot,
        Locality.ANYWHERE,
        () -> nanos,
        () -> ThreadLocalRandom.current().nextLong());
    CountDownLatch done = new CountDownLatch(4);
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      threads.add(new Thread(() -> call(balancer, done)));
    }
    threads.forEach(Thread::start);
    for (int i = 0; done.getCount() > 0; i++) {
      show(2 + i % 3);
      Thread.onSpinWait();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    show(2);
    for (int i = 0; i < 20; i++) {
      Pick one = balancer.pick().orElseThrow();
      Pick other = balancer.pick().orElseThrow();
      assertThat(other.instance().id()).isNotEqualTo(one.instance().id());
      one.close();
      other.close();
    }
  }

  private static void call(TwoChoices balancer, CountDownLatch done) {
    for (int i = 0; i < 5_000; i++) {
      Pick pick = balancer.pick().orElseThrow();
      pick.close();
      pick.close();
    }
    done.countDown();
  }
}
