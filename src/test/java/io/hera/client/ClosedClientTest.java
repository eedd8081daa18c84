package io.hera.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.testkit.Ports;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a client has handed out ends with it, also if it is asked for afterwards. No node listens. */
@Execution(ExecutionMode.CONCURRENT)
class ClosedClientTest {
  private final HeraClient client =
      HeraClient.create(HeraSettings.of("http://127.0.0.1:" + Ports.free())
          .withPatience(Duration.ofHours(1))
          .withFarewell(Duration.ofMillis(300))
          .withoutShutdownHook());
  private final Registration registration =
      client.register(Offer.of("orders", "1", Document.of("{\"host\":\"h\"}")));
  private final ServiceView view = client.watch("orders");

  @AfterEach
  void close() {
    client.close();
  }

  private static void fails(CompletionStage<?> stage, String why) {
    assertThatThrownBy(() -> stage.toCompletableFuture().get(5, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(HeraException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aFirstAnswerIsNotAwaitedAnyMore() {
    CompletionStage<Snapshot> before = view.first();
    client.close();
    fails(before, "the client is closed");
    fails(view.first(), "the client is closed");
  }

  @Test
  void readsFail() {
    CompletionStage<Snapshot> lookup = client.lookup("orders");
    CompletionStage<?> services = client.services();
    client.close();
    fails(lookup, "the client is closed");
    fails(services, "the client is closed");
  }

  @Test
  void aRegistrationIsNotAwaitedAnyMore() {
    CompletionStage<Registration> before = registration.registered();
    client.close();
    fails(before, "closed");
    fails(registration.registered(), "closed");
  }

  @Test
  void aRegistrationThatIsClosedAloneFailsForLaterWaiters() {
    CompletionStage<Registration> before = registration.registered();
    registration.close();
    fails(before, "it was closed");
    fails(registration.registered(), "it was closed");
  }

  @Test
  void aCallbackThatClosesTheClientIsNotCalledForNothing() {
    CompletionStage<Snapshot> first = view.first();
    CompletableFuture<Void> inside = new CompletableFuture<>();
    registration.registered().whenComplete((done, why) -> inside.complete(null));
    client.listen(new ClientListener() {
      @Override
      public void nodeChanged(ClientStatus.NodeStatus node) {
        client.close();
      }
    });
    fails(first, "the client is closed");
    inside.join();
  }

  private static final class Counting implements Flow.Subscriber<Snapshot> {
    final CountDownLatch completed = new CountDownLatch(1);

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(1);
    }

    @Override
    public void onNext(Snapshot snapshot) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {
      completed.countDown();
    }
  }

  @Test
  void subscriptionsComplete() throws InterruptedException {
    Counting before = new Counting();
    view.publisher().subscribe(before);
    client.close();
    assertThat(before.completed.await(20, TimeUnit.SECONDS)).isTrue();
    Counting after = new Counting();
    view.publisher().subscribe(after);
    assertThat(after.completed.await(20, TimeUnit.SECONDS)).isTrue();
  }
}
