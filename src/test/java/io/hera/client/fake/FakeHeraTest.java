package io.hera.client.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.client.Balancer.Pick;
import io.hera.client.ClientListener;
import io.hera.client.Document;
import io.hera.client.Instance;
import io.hera.client.Match;
import io.hera.client.Offer;
import io.hera.client.Registration;
import io.hera.client.ServiceView;
import io.hera.client.Snapshot;
import io.hera.client.Snapshot.Freshness;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FakeHeraTest {
  private static final Document ONE = Document.of("{\"host\":\"10.0.0.1\",\"port\":80}");
  private static final Document TWO = Document.of("{\"host\":\"10.0.0.2\",\"port\":80}");

  private final FakeHera hera = FakeHera.create();

  private static Set<String> ids(ServiceView view) {
    return view.current().instances().stream().map(Instance::id).collect(Collectors.toSet());
  }

  @Test
  void aViewHasItsSnapshotWhenWatchReturns() {
    hera.put("orders", "1", ONE);
    ServiceView view = hera.watch("orders");
    assertThat(view.current().freshness()).isEqualTo(Freshness.FRESH);
    assertThat(ids(view)).containsExactly("1");
    assertThat(view.first().toCompletableFuture()).isCompleted();
  }

  @Test
  void listenersHaveRunWhenAChangeReturns() {
    ServiceView view = hera.watch("orders");
    List<Integer> sizes = new ArrayList<>();
    view.onChange(snapshot -> sizes.add(snapshot.instances().size()));
    hera.put("orders", "1", ONE);
    hera.put("orders", "2", TWO);
    hera.remove("orders", "1");
    assertThat(sizes).containsExactly(0, 1, 2, 1);
  }

  @Test
  void aViewMayHaveConditions() {
    hera.put("orders", "1", ONE.with("zone", "ams"));
    hera.put("orders", "2", TWO.with("zone", "fra"));
    assertThat(ids(hera.watch("orders", Match.of("zone", "ams")))).containsExactly("1");
    Snapshot read =
        hera.lookup("orders", Match.of("zone", "fra")).toCompletableFuture().join();
    assertThat(read.instances()).extracting(Instance::id).containsExactly("2");
    assertThat(hera.services().toCompletableFuture().join()).containsEntry("orders", 2);
  }

  @Test
  void theLastInstancesStayWhileTheNodesAreDown() {
    hera.put("orders", "1", ONE);
    ServiceView view = hera.watch("orders");
    hera.nodesDown();
    hera.advance(Duration.ofMinutes(10));
    assertThat(view.current().freshness()).isEqualTo(Freshness.HELD);
    assertThat(ids(view)).containsExactly("1");
    hera.nodesUp();
    hera.advance(Duration.ofMinutes(1));
    assertThat(view.current().freshness()).isEqualTo(Freshness.FRESH);
  }

  @Test
  void instancesThatRestartedNodesLackAreHeldForAMinute() {
    hera.put("orders", "1", ONE);
    hera.put("orders", "2", TWO);
    ServiceView view = hera.watch("orders");
    hera.nodesRestart();
    hera.advance(Duration.ofSeconds(5));
    hera.put("orders", "1", ONE);
    assertThat(view.current().instances()).extracting(Instance::held).containsExactly(false, true);
    hera.advance(Duration.ofSeconds(70));
    assertThat(ids(view)).containsExactly("1");
  }

  @Test
  void anInstanceIsRegisteredAndRenewed() {
    Registration registration = hera.register(Offer.of("orders", 8080));
    assertThat(registration.state()).isEqualTo(Registration.State.REGISTERED);
    assertThat(hera.find("orders", "127.0.0.1-8080")).contains(registration.document());
    hera.advance(Duration.ofMinutes(10));
    assertThat(hera.find("orders", "127.0.0.1-8080")).isPresent();
  }

  @Test
  void anInstanceThatTheNodesHaveForgottenComesBack() {
    hera.register(Offer.of("orders", 8080));
    hera.register(Offer.of("orders", 8081));
    hera.advance(Duration.ofSeconds(30));
    hera.expire("orders", "127.0.0.1-8080");
    assertThat(hera.find("orders", "127.0.0.1-8080")).isEmpty();
    hera.advance(Duration.ofSeconds(15));
    assertThat(hera.find("orders", "127.0.0.1-8080")).isPresent();
  }

  @Test
  void aRegistrationIsLostAndFoundWithTheNodes() {
    Registration registration = hera.register(Offer.of("orders", 8080));
    hera.nodesDown();
    hera.advance(Duration.ofSeconds(40));
    assertThat(registration.state()).isEqualTo(Registration.State.LOST);
    assertThat(hera.find("orders", "127.0.0.1-8080")).isEmpty();
    hera.nodesUp();
    hera.advance(Duration.ofMinutes(1));
    assertThat(registration.state()).isEqualTo(Registration.State.REGISTERED);
  }

  @Test
  void anotherProcessWithTheSameIdIsNoticed() {
    List<Document> theirs = new ArrayList<>();
    hera.listen(new ClientListener() {
      @Override
      public void overwritten(Registration registration, Document other) {
        theirs.add(other);
      }
    });
    hera.register(Offer.of("orders", "1", ONE));
    hera.put("orders", "1", TWO);
    hera.advance(Duration.ofSeconds(15));
    assertThat(theirs).containsExactly(TWO);
  }

  @Test
  void theBalancerIsThatOfTheLibrary() {
    hera.put("orders", "1", ONE);
    hera.put("orders", "2", TWO);
    ServiceView view = hera.watch("orders");
    Pick pick = view.balancer().pick().orElseThrow();
    pick.failed(new ConnectException());
    for (int i = 0; i < 20; i++) {
      assertThat(view.balancer().pick().orElseThrow().instance().id())
          .isNotEqualTo(pick.instance().id());
    }
  }

  @Test
  void closeDeregistersAndDoesNotWait() {
    hera.register(Offer.of("orders", 8080));
    hera.close();
    assertThat(hera.find("orders", "127.0.0.1-8080")).isEmpty();
  }
}
