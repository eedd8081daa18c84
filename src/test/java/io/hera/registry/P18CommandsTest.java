package io.hera.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.TestLimits;
import io.hera.wire.ContentHasher;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rule P18: the order of commands, and bounds of what they leave. */
class P18CommandsTest extends ThreeNodes {
  private static final String HOST_1 = "{\"host\":\"h1\"}";

  private static Selector selector(String text) {
    return Selector.parse(text).orElseThrow();
  }

  @Test
  void anInstanceIsReadWhileTheWalkAfterARemovalIsStillToCome() {
    a.put("s/1", HOST_1);
    a.drain("s");
    a.registry().drains().remove(selector("s"));
    assertThat(a.registry().instance(TestNode.key("s/1")).document()).isNotEmpty();
    assertThat(a.registry().view().instances("s", View.Extent.ALL)).hasSize(1);
  }

  @Test
  void aRestampKeepsARemovalThatACopyOfTheDrainHides() {
    a.drain("s");
    b.pull(a);
    c.pull(a);
    long command = a.version("a", "_drain/s");
    clocks().forEach(clock -> clock.pass(1_000));
    c.undrain("s");
    clocks().forEach(clock -> clock.pass(1_000));
    long later = NOW + 2_000;
    String copy = "{\"command\":" + command + ",\"at\":\"now\"}";
    give(c, "b", 0, later, entry("_drain/s", copy, later, 0, Drains.TTL_MILLIS));
    assertThat(c.drains()).isEmpty();
    clocks().forEach(clock -> clock.pass(1_000));
    give(c, "c", 0, NOW + 4_000, entry("t/1", "{}", NOW + 4_000));
    c.advance(6_000);
    assertThat(c.drains()).isEmpty();
  }

  private List<Clocks> clocks() {
    return List.of(a.clocks, b.clocks, c.clocks);
  }

  @Test
  void aCommandFromACorrectedClockIsRemovedByAnyNode() {
    String ahead = "{\"command\":" + (NOW + 1_000_000_000L) + "}";
    give(b, "a", 0, NOW, entry("_drain/s", ahead, NOW, 0, Drains.TTL_MILLIS));
    assertThat(b.drains()).containsExactly("s");
    b.clocks.pass(1_000);
    assertThat(b.undrain("s")).isEqualTo(Outcome.DONE);
    assertThat(b.drains()).isEmpty();
  }

  @Test
  void aCommandIsWrittenIntoAnyDocument() {
    for (String document : List.of("{}", "{ }", "{\"at\":1}")) {
      byte[] commanded = DrainIndex.withCommand(document.getBytes(UTF_8), 17);
      assertThat(new ContentHasher(Set.of()).members(commanded, Set.of("command")))
          .containsExactly(Map.entry("command", "17"));
    }
  }

  /** Returns a node that keeps up to ten tombstones, twenty if they are of deregistrations. */
  private static TestNode few() {
    RegistryLimits limits = TestLimits.DEFAULT;
    RegistryLimits few = new RegistryLimits(
        limits.livenessMillis(),
        limits.ttlMinMillis(),
        limits.ttlMaxMillis(),
        limits.maxSkewMillis(),
        100,
        100,
        1 << 20,
        10);
    return new TestNode("a", Set.of("a"), few, new Clocks());
  }

  @Test
  void drainsThatEndByThemselvesLeaveRoomForDeletes() {
    TestNode one = few();
    for (int i = 0; i < 100; i++) {
      assertThat(one.drain("s/" + i, 1)).isEqualTo(Outcome.DONE);
      one.advance(250);
    }
    one.advance(1_000);
    one.put("s/1", HOST_1);
    assertThat(one.delete("s/1")).isEqualTo(Outcome.DONE);
  }

  @Test
  void removalsOfUnknownDrainsLeaveRoomForDeletes() {
    RegistryLimits limits = TestLimits.DEFAULT;
    TestNode one = few();
    for (int i = 0; i < 100; i++) {
      one.undrain("s/" + i);
    }
    one.advance(2 * limits.ttlMaxMillis() + 10_000);
    one.put("s/1", HOST_1);
    assertThat(one.delete("s/1")).isEqualTo(Outcome.DONE);
  }

  @Test
  void aWriteReadsItsDocumentOnceWhateverMembersDrainsSelect() {
    AtomicInteger reads = new AtomicInteger();
    ContentHasher json = new ContentHasher(Set.of());
    ContentHash counting = new ContentHash() {
      @Override
      public ContentVersion of(String service, String id, byte[] document) {
        return TestNode.content(service, id, document);
      }

      @Override
      public Map<String, String> members(byte[] document, Set<String> names) {
        reads.incrementAndGet();
        return json.members(document, names);
      }
    };
    Registry one = new Registry(
        "a",
        Set.of("a"),
        TestLimits.DEFAULT,
        a.clocks,
        a.clocks.monotonicNanos(),
        counting,
        change -> {});
    one.recovered();
    one.synchronised();
    for (int i = 0; i < 100; i++) {
      one.drains().put(selector("*?match=name" + i + ":x"), "{\"at\":1}".getBytes(UTF_8), 0);
    }
    reads.set(0);
    one.put(TestNode.key("s/1"), HOST_1.getBytes(UTF_8), 0);
    assertThat(reads.get()).isLessThan(10);
  }
}
