package io.hera.registry;

import io.hera.testkit.TestLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The base class of the tests of the rules: three nodes in one cluster. */
class ThreeNodes {
  static final long NOW = Clocks.EPOCH;
  static final long SKEW = TestLimits.DEFAULT.maxSkewMillis();
  static final long LIVENESS = TestLimits.DEFAULT.livenessMillis();

  final TestNode a = TestNode.alone("a");
  final TestNode b = TestNode.alone("b");
  final TestNode c = TestNode.alone("c");

  static Registration entry(String path, String document, long version) {
    return entry(path, document, version, 0, LIVENESS);
  }

  static Registration entry(
      String path, String document, long version, long ageMillis, long ttlMillis) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    return new Registration(TestNode.key(path), bytes, version, ageMillis, ttlMillis);
  }

  static Merged give(TestNode node, String origin, long from, long to, Entry... entries) {
    return node.registry()
        .merge(
            new Delta(List.of(new OriginDelta(origin, from, to, false, List.of(entries)))),
            Set.of(origin),
            Set.of(origin));
  }

  void advanceAll(long millis) {
    List.of(a, b, c).forEach(node -> node.advance(millis));
  }

  static RegistryLimits capped(long instancesMax) {
    return TestLimits.capacity(100, instancesMax, 1 << 20);
  }

  static RegistryLimits short10() {
    return TestLimits.withCapacity(TestLimits.lifetimes(5_000, 1_000, 10_000), 100, 100, 1 << 20);
  }
}
