package io.hera.gossip;

import static io.hera.gossip.ScriptedPeer.NOW;
import static io.hera.gossip.ScriptedPeer.checked;
import static io.hera.gossip.ScriptedPeer.entry;
import static io.hera.gossip.ScriptedPeer.part;
import static io.hera.gossip.ScriptedPeer.sendV2;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Checksum;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registry;
import io.hera.registry.RegistryStats;
import io.hera.testkit.TestLimits;
import io.hera.wire.ContentHasher;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The self-check: a peer that holds something else at the same horizon. */
@Timeout(60)
class DivergenceTest extends GossipBed {
  /** A peer that has written shop/2 at NOW, and shop/1 before it, which it says only to those who ask from 0. */
  private static BiConsumer<HttpServerRequest, Digest> hiding(long sum) {
    return (request, digest) -> sendV2(
        request,
        checked(
            request,
            "a",
            digest.horizons().getOrDefault("a", 1L) > 0 || digest.horizons().size() > 1
                ? part(digest, "a", entry("shop", "2", NOW))
                : part(digest, "a", entry("shop", "1", NOW - 5), entry("shop", "2", NOW)),
            new Checksum(NOW, sum)));
  }

  private RegistryStats.OriginStats statsOfA() {
    return store.status().await().registry().origins().get("a");
  }

  @Test
  void aDifferenceIsCountedAndEverythingOfThatOriginAskedForAgain() {
    ScriptedPeer a = peer(hiding(4711));
    start(20, NEVER, Map.of("a", a.address()));
    await(() -> has("shop", "1"));
    await(() -> statsOfA().diverged() == 1);
    assertThat(a.asked).contains(Digest.of("a", 0));
  }

  @Test
  void aPeerThatHoldsTheSameIsNotAskedForAnythingAgain() {
    Checksum same = sumOf("shop", "2");
    ScriptedPeer a = peer(hiding(same.sum()));
    start(20, NEVER, Map.of("a", a.address()));
    await(() -> has("shop", "2"));
    await(() -> a.asked.size() > 10);
    assertThat(a.asked).doesNotContain(Digest.of("a", 0));
    assertThat(statsOfA().diverged()).isZero();
    assertThat(a.checksumsWanted).hasValue(1);
  }

  /** What a node has to say that holds this of a, at NOW, and nothing else. */
  private static Checksum sumOf(String service, String id) {
    Registry registry = new Registry(
        "me",
        Set.of("a"),
        TestLimits.DEFAULT,
        () -> Instant.ofEpochMilli(NOW),
        () -> 0,
        new ContentHasher(Set.of()),
        change -> {});
    OriginDelta part = part(Digest.of("a", 0), "a", entry(service, id, NOW));
    registry.merge(new Delta(List.of(part)), Set.of(part.origin()), Set.of(part.origin()));
    return registry.stats().origins().get("a").checksum();
  }
}
