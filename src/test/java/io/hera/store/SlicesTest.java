package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Tests that a turn does a bounded amount of work. */
class SlicesTest {
  private final Queue<Runnable> turns = new ArrayDeque<>();
  private final List<Long> worked = new ArrayList<>();
  private final Slices<Long> slices = new Slices<>(turns::add, work -> {
    worked.add(work);
    return work;
  });

  private void nextTurn() {
    worked.clear();
    turns.remove().run();
  }

  @Test
  void aTurnEndsAfterItsWorkHoweverFewItemsThatIs() {
    slices.add(Collections.nCopies(10, Slices.TURN / 4));
    assertThat(worked).hasSize(4);
    nextTurn();
    assertThat(worked).hasSize(4);
    nextTurn();
    assertThat(worked).hasSize(2);
    nextTurn();
    assertThat(worked).isEmpty();
    assertThat(turns).isEmpty();
  }

  @Test
  void cheapItemsShareATurn() {
    slices.add(Collections.nCopies(1_000, Slices.LOOK));
    assertThat(worked).hasSize(1_000);
  }

  /** Each connection that has room again adds its stream by itself. */
  @Test
  void itemsThatComeOneByOneShareTheWorkOfATurn() {
    for (int i = 0; i < 10; i++) {
      slices.add(List.of(Slices.TURN / 2));
    }
    assertThat(worked).hasSize(2);
    nextTurn();
    assertThat(worked).hasSize(2);
  }

  @Test
  void anItemThatIsAddedByTheWorkWaitsForThoseBeforeIt() {
    List<String> order = new ArrayList<>();
    List<Slices<String>> self = new ArrayList<>();
    self.add(new Slices<>(turns::add, item -> {
      order.add(item);
      if (item.equals("a")) {
        self.get(0).add(List.of("a again"));
      }
      return 1;
    }));
    self.get(0).add(List.of("a", "b"));
    assertThat(order).containsExactly("a", "b", "a again");
  }
}
