package io.hera.store.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Key;
import io.hera.registry.Registry;
import io.hera.testkit.TestLimits;
import io.hera.wire.ContentHasher;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the listings of instances that match a filter. */
class MatchingListingsTest {
  private static final Filter AMS = new Filter(List.of(Map.entry("zone", "ams")));

  private final PublishedListings published = new PublishedListings();
  private final Registry registry = new Registry(
      "a",
      Set.of("a"),
      TestLimits.DEFAULT,
      InstantSource.system(),
      System::nanoTime,
      new ContentHasher(Set.of("updated_at")),
      change -> this.listings().changed(change));
  private final Listings listings = new Listings(registry, published);

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

  private String ams() {
    return listings.matching("s", AMS).json().toString();
  }

  @Test
  void onlyMatchingInstancesAreListedWithTheirOwnBytes() {
    assertThat(ams())
        .isEqualTo(
            "{\"1\":{\"zone\":\"ams\",\"n\":1},\"3\": {\"updated_at\":\"x\", \"zone\" : \"am\\u0073\"}}");
  }

  @Test
  void aListingIsSharedUntilItsServiceChanges() {
    Listing first = listings.matching("s", AMS);
    registry.put(new Key("other", "1"), "{}".getBytes(StandardCharsets.UTF_8), 0);
    assertThat(listings.matching("s", AMS)).isSameAs(first);
    put("2", "{\"zone\":\"ams\"}");
    assertThat(listings.matching("s", AMS)).isNotSameAs(first);
    assertThat(ams()).contains("\"2\":{\"zone\":\"ams\"}");
    registry.remove(new Key("s", "2"));
    assertThat(ams()).doesNotContain("\"2\"");
  }

  @Test
  void aChangeOfAVolatileMemberKeepsTheTag() {
    String tag = listings.matching("s", AMS).etag();
    put("3", "{\"updated_at\":\"y\",\"zone\":\"ams\"}");
    Listing again = listings.matching("s", AMS);
    assertThat(again.json().toString()).contains("\"updated_at\":\"y\"");
    put("3", " {\"updated_at\":\"z\", \"zone\" : \"ams\"}");
    assertThat(listings.matching("s", AMS).etag()).isEqualTo(again.etag());
    assertThat(tag).isNotEmpty();
  }

  @Test
  void theTagDependsOnTheMatchingInstancesOnly() {
    String tag = listings.matching("s", AMS).etag();
    put("2", "{\"zone\":\"lon\",\"n\":2}");
    assertThat(listings.matching("s", AMS).etag()).isEqualTo(tag);
    put("1", "{\"zone\":\"ams\",\"n\":2}");
    assertThat(listings.matching("s", AMS).etag()).isNotEqualTo(tag);
  }

  @Test
  void anUnknownServiceHasAnEmptyListing() {
    assertThat(listings.matching("none", AMS).json().toString()).isEqualTo("{}");
  }

  @Test
  void aboveTheLimitTheListingsUsedLongestAgoAreDropped() {
    Listing first = listings.matching("s", AMS);
    for (int i = 0; i < 20_000; i++) {
      listings.matching("s" + i, AMS);
    }
    assertThat(listings.matching("s", AMS)).isNotSameAs(first);
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
