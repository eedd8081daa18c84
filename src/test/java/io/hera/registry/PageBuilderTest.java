package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests which entries a page holds, and where it ends. */
class PageBuilderTest {
  private final View view =
      new View(TestNode::content, change -> {}, TestNode.noSilences(), () -> 0);
  private final Slots slots = new Slots(view, 300_000);
  private final Replica a = new Replica("a");
  private final Replica b = new Replica("b");

  private void register(Replica replica, int count, long version) {
    for (int i = 0; i < count; i++) {
      Key key = new Key("s", replica.origin + version + "-" + i);
      Slot slot = slots.open(key, replica);
      slots.register(slot, new byte[100], version, Slots.TtlSource.LIVENESS, 300_000, 0);
    }
  }

  private static PageBuilder page(int bytesMax) {
    return new PageBuilder(Dialect.V2, 0, 300_000, bytesMax);
  }

  @Test
  void aTieIsNeverSplit() {
    register(a, 50, 10);
    register(a, 1, 11);
    PageBuilder page = page(200);
    page.add(a, 0, 20);
    OriginDelta part = page.build().origins().get(0);
    assertThat(part.entries()).hasSize(50).allMatch(entry -> entry.version() == 10);
    assertThat(part.to()).isEqualTo(10);
  }

  @Test
  void onlyACutPageSaysThatThereIsMore() {
    register(a, 1, 10);
    register(b, 1, 10);
    register(b, 1, 30);
    for (int bytesMax : List.of(1, 10_000)) {
      PageBuilder page = page(bytesMax);
      page.add(a, 0, 20);
      page.add(b, 0, 20);
      assertThat(page.build().more()).isEqualTo(bytesMax == 1);
    }
  }

  @Test
  void originsShareThePageEqually() {
    for (int version = 1; version <= 100; version++) {
      register(a, 1, version);
      register(b, 1, version);
    }
    PageBuilder page = page(3_000);
    page.add(a, 0, 100);
    page.add(b, 0, 100);
    Map<String, Integer> sizes = page.build().origins().stream()
        .collect(Collectors.toMap(OriginDelta::origin, part -> part.entries().size()));
    assertThat(sizes.get("a") - sizes.get("b")).isBetween(0, 1);
    assertThat(sizes.get("b")).isBetween(8, 12);
  }

  @Test
  void aPageOfAnySizeHoldsAtLeastOneTie() {
    register(a, 2, 10);
    register(a, 2, 12);
    for (int bytesMax : List.of(Integer.MIN_VALUE, 0, 1)) {
      PageBuilder page = page(bytesMax);
      page.add(a, 0, 20);
      OriginDelta part = page.build().origins().get(0);
      assertThat(part.entries()).hasSize(2);
      assertThat(part.to()).isEqualTo(11);
    }
  }

  @Test
  void aPartWithoutEntriesEndsAtItsBound() {
    PageBuilder page = page(1_000);
    page.add(a, 5, 20);
    page.add(b, 20, 20);
    List<OriginDelta> parts = page.build().origins();
    assertThat(parts).containsExactly(new OriginDelta("a", 5, 20, false, List.of()));
  }

  @Test
  void aResetWithoutEntriesIsSent() {
    PageBuilder page = page(1_000);
    page.addReset(a, 0);
    assertThat(page.build().origins()).singleElement().matches(OriginDelta::reset);
  }

  @Test
  void entriesAboveTheBoundAreLeftOut() {
    register(a, 1, 10);
    register(a, 1, 11);
    PageBuilder page = page(1_000);
    page.add(a, 0, 10);
    assertThat(page.build().size()).isOne();
  }
}
