package io.hera.store.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Key;
import io.hera.registry.Registry;
import io.hera.testkit.TestLimits;
import io.hera.wire.ContentHasher;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the listings of instances that match a filter. */
class MatchingListingsTest {
  private static final Filter AMS = new Filter(List.of(Map.entry("zone", "ams")));

  private final PageMemory memory = new PageMemory(16 << 20);
  private final PublishedListings published = new PublishedListings(memory);
  private final Registry registry = new Registry(
      "a",
      Set.of("a"),
      TestLimits.DEFAULT,
      InstantSource.system(),
      System::nanoTime,
      new ContentHasher(Set.of("updated_at")),
      change -> this.listings().changed(change));
  private final Listings listings = new Listings(registry, published, memory, new AtOnce());

  private static final class AtOnce implements Workers {
    @Override
    public <T> Future<T> run(Supplier<T> work) {
      return Future.succeededFuture(work.get());
    }
  }

  private Listings listings() {
    return listings;
  }

  @BeforeEach
  void registerThree() {
    registry.recovered();
    put("1", "{\"zone\":\"ams\",\"n\":1}");
    put("2", "{\"zone\":\"lon\"}");
    put("3", " {\"updated_at\":\"x\", \"zone\" : \"am\\u0073\"}");
  }

  private void put(String id, String document) {
    registry.put(new Key("s", id), document.getBytes(StandardCharsets.UTF_8), 0);
  }

  private Listing matching(String service) {
    return listings.matching(new Selection.OfService(Subject.of(service), AMS)).result();
  }

  private String ams() {
    return matching("s").json().toString();
  }

  @Test
  void onlyMatchingInstancesAreListedWithTheirOwnBytes() {
    assertThat(ams())
        .isEqualTo(
            "{\"1\":{\"zone\":\"ams\",\"n\":1},\"3\": {\"updated_at\":\"x\", \"zone\" : \"am\\u0073\"}}");
  }

  @Test
  void aListingIsSharedUntilItsServiceChanges() {
    Listing first = matching("s");
    registry.put(new Key("other", "1"), "{}".getBytes(StandardCharsets.UTF_8), 0);
    assertThat(matching("s")).isSameAs(first);
    put("2", "{\"zone\":\"ams\"}");
    assertThat(matching("s")).isNotSameAs(first);
    assertThat(ams()).contains("\"2\":{\"zone\":\"ams\"}");
    registry.remove(new Key("s", "2"));
    assertThat(ams()).doesNotContain("\"2\"");
  }

  @Test
  void aChangeOfAVolatileMemberKeepsTheTag() {
    String tag = matching("s").etag();
    put("3", "{\"updated_at\":\"y\",\"zone\":\"ams\"}");
    Listing again = matching("s");
    assertThat(again.json().toString()).contains("\"updated_at\":\"y\"");
    put("3", " {\"updated_at\":\"z\", \"zone\" : \"ams\"}");
    assertThat(matching("s").etag()).isEqualTo(again.etag());
    assertThat(tag).isNotEmpty();
  }

  @Test
  void theTagDependsOnTheMatchingInstancesOnly() {
    String tag = matching("s").etag();
    put("2", "{\"zone\":\"lon\",\"n\":2}");
    assertThat(matching("s").etag()).isEqualTo(tag);
    put("1", "{\"zone\":\"ams\",\"n\":2}");
    assertThat(matching("s").etag()).isNotEqualTo(tag);
  }

  @Test
  void anUnknownServiceHasAnEmptyListing() {
    assertThat(matching("none").json().toString()).isEqualTo("{}");
  }

  @Test
  void aboveTheLimitTheListingsUsedLongestAgoAreDropped() {
    Listing first = matching("s");
    for (int i = 0; i < 20_000; i++) {
      matching("s" + i);
    }
    assertThat(matching("s")).isNotSameAs(first);
    assertThat(ams()).contains("\"1\"");
  }

  @Test
  void aFilterMatchesWhenAllItsMembersDo() {
    byte[] document = "{\"a\":\"1\",\"b\":2,\"c\":{\"a\":\"3\"}}".getBytes(StandardCharsets.UTF_8);
    assertThat(filter("a", "1").matches(document)).isTrue();
    assertThat(filter("b", "2").matches(document)).isTrue();
    assertThat(filter("c", "{\"a\":\"3\"}").matches(document)).isTrue();
    assertThat(filter("a", "3").matches(document)).isFalse();
    assertThat(filter("d", "").matches(document)).isFalse();
    assertThat(new Filter(List.of(Map.entry("a", "1"), Map.entry("b", "2"))).matches(document))
        .isTrue();
    assertThat(new Filter(List.of(Map.entry("a", "1"), Map.entry("a", "2"))).matches(document))
        .isFalse();
    assertThat(Filter.ALL.matches(document)).isTrue();
  }

  private static Filter filter(String name, String value) {
    return new Filter(List.of(Map.entry(name, value)));
  }
}
