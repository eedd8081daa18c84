package io.hera.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.client.Balancer.Pick;
import io.hera.client.Snapshot.Freshness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A balancer over a list that the test changes, with a clock that the test turns. */
abstract class BalancingTest {
  static final long SECOND = 1_000_000_000L;

  final Random random = new Random(7);
  long nanos = 17;
  volatile Snapshot snapshot = Snapshot.cold("orders", 0);

  /** Shows instances, each as {@code id member=value …}; the member {@code held} holds it. */
  final void show(String... instances) {
    snapshot = new Snapshot(
        "orders",
        Stream.of(instances).map(BalancingTest::instance).toList(),
        "",
        "",
        Freshness.FRESH,
        0);
  }

  static Instance instance(String text) {
    String[] words = text.split(" ");
    Document document = Document.of(Map.of("host", "h" + words[0], "port", 80));
    for (String member : Arrays.asList(words).subList(1, words.length)) {
      String[] pair = member.split("=", 2);
      document =
          document.with(pair[0], pair[0].equals("weight") ? Integer.valueOf(pair[1]) : pair[1]);
    }
    return new Instance("orders", words[0], document, document.get("held").isPresent());
  }

  /** Shows instances 0, 1, …. */
  final void show(int count) {
    show(IntStream.range(0, count).mapToObj(String::valueOf).toArray(String[]::new));
  }

  final TwoChoices balancer(Locality place) {
    return new TwoChoices(() -> snapshot, place, () -> nanos, random::nextLong);
  }

  final TwoChoices balancer() {
    return balancer(Locality.ANYWHERE);
  }

  /** Returns how often each instance is chosen in so many calls that end at once. */
  static Map<String, Integer> counts(Balancer balancer, int calls) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < calls; i++) {
      try (Pick pick = balancer.pick().orElseThrow()) {
        counts.merge(pick.instance().id(), 1, Integer::sum);
      }
    }
    return counts;
  }

  /** Returns which instances are chosen at all. */
  static Set<String> chosen(Balancer balancer) {
    return new TreeSet<>(counts(balancer, 300).keySet());
  }

  /** Returns a call of this instance, and ends the calls of others on the way. */
  static Pick pickOf(Balancer balancer, String id) {
    List<Pick> others = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Pick pick = balancer.pick().orElseThrow();
      if (pick.instance().id().equals(id)) {
        others.forEach(Pick::close);
        return pick;
      }
      others.add(pick);
    }
    throw new AssertionError(id + " is not chosen");
  }

  static Optional<String> id(Optional<Pick> pick) {
    pick.ifPresent(Pick::close);
    return pick.map(found -> found.instance().id());
  }

  static void assertChosen(Balancer balancer, String... ids) {
    assertThat(chosen(balancer)).containsExactlyInAnyOrder(ids);
  }
}
