package io.hera.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.client.Registration.State;
import io.hera.client.Snapshot.Freshness;
import io.hera.testkit.Eventually;
import io.hera.testkit.Ports;
import io.hera.testkit.ServedNode;
import io.hera.testkit.TlsNodes;
import io.hera.testkit.Tokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The client with real nodes, threads and connections. */
@Execution(ExecutionMode.CONCURRENT)
class RealNodeTest {
  private final List<AutoCloseable> open = new ArrayList<>();

  private <T extends AutoCloseable> T closing(T thing) {
    open.add(0, thing);
    return thing;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private static HeraSettings settings(int port) {
    return HeraSettings.of("http://127.0.0.1:" + port)
        .withDrain(Duration.ZERO)
        .withoutShutdownHook();
  }

  private static Offer offer(String service, String id) {
    return Offer.of(service, id, Document.of("{\"host\":\"10.0.0.1\",\"port\":80}"));
  }

  private static <T> T await(java.util.concurrent.CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static List<String> ids(ServiceView view) {
    return view.current().instances().stream().map(Instance::id).toList();
  }

  @Test
  void anInstanceIsSeenAndGoneWhenItIsClosed() throws Exception {
    ServedNode node = closing(ServedNode.ready());
    HeraClient client = closing(HeraClient.create(settings(node.port())));
    ServiceView view = client.watch("orders");
    List<Snapshot> shown = new CopyOnWriteArrayList<>();
    view.onChange(shown::add);
    Registration one = client.register(offer("orders", "1"));
    assertThat(await(one.registered()).state()).isEqualTo(State.REGISTERED);
    Eventually.passes(() -> assertThat(ids(view)).containsExactly("1"));
    one.update(document -> document.with("version", "2"));
    Eventually.passes(() ->
        assertThat(view.current().instances().get(0).document().text("version")).contains("2"));
    one.close();
    assertThat(one.state()).isEqualTo(State.CLOSED);
    assertThat(node.get("/orders/1").status()).isEqualTo(404);
    Eventually.passes(() -> assertThat(shown).isNotEmpty());
  }

  @Test
  void lookupAndServicesReadOnce() throws Exception {
    ServedNode node = closing(ServedNode.ready());
    node.register("/orders/1", "{\"zone\":\"ams\"}");
    node.register("/orders/2", "{\"zone\":\"fra\"}");
    HeraClient client = closing(HeraClient.create(settings(node.port())));
    Snapshot found = await(client.lookup("orders", Match.of("zone", "fra")));
    assertThat(found.instances()).extracting(Instance::id).containsExactly("2");
    assertThat(await(client.services())).containsEntry("orders", 2);
    assertThat(client.status().nodes()).hasSize(1);
  }

  @Test
  void anInstanceThatTheNodeHasLostIsRegisteredAgain() throws Exception {
    ServedNode node = closing(ServedNode.ready());
    HeraClient client = closing(HeraClient.create(settings(node.port())));
    Registration one = client.register(offer("orders", "1").withTtl(Duration.ofSeconds(3)));
    await(one.registered());
    node.send("DELETE", "/orders/1", "").isDone();
    Eventually.passes(() -> assertThat(node.get("/orders/1").status()).isEqualTo(200));
  }

  @Test
  void manyRegistrationsShareTheirRequests() throws Exception {
    ServedNode node = closing(ServedNode.ready());
    HeraClient client =
        closing(HeraClient.create(settings(node.port()).withFarewell(Duration.ofSeconds(30))));
    List<Registration> all = IntStream.range(0, 50)
        .mapToObj(i -> client.register(offer("orders", "i" + i).withTtl(Duration.ofSeconds(6))))
        .toList();
    for (Registration one : all) {
      await(one.registered());
    }
    assertThat(await(client.services())).containsEntry("orders", 50);
    assertThat(client.status().requests()).isLessThan(10);
    client.close();
    assertThat(node.get("/orders").body()).isEqualTo("{}");
  }

  @Test
  void theTokenIsReadAgainWhenItIsRefused() throws Exception {
    ServedNode node = closing(ServedNode.ready());
    node.access.set(Tokens.rules(Tokens.FILE));
    java.util.Iterator<String> tokens = Stream.of(Tokens.make(), Tokens.ALL).iterator();
    HeraClient client = closing(HeraClient.create(settings(node.port()).withToken(tokens::next)));
    Registration one = client.register(offer("billing", "1"));
    assertThat(await(one.registered()).state()).isEqualTo(State.REGISTERED);
  }

  @Test
  void aRefusalSaysWhichPermissionIsNeeded() throws Exception {
    ServedNode node = closing(ServedNode.ready());
    node.access.set(Tokens.rules(Tokens.FILE));
    HeraClient client =
        closing(HeraClient.create(settings(node.port()).withToken(() -> Tokens.READER)));
    Registration one = client.register(offer("billing", "1"));
    assertThatThrownBy(() -> await(one.registered())).hasRootCauseInstanceOf(HeraException.class);
    assertThat(one.state()).isEqualTo(State.REFUSED);
    assertThat(one.problem().map(HeraProblem::needs)).contains("write billing");
  }

  @Test
  void nodesAreReachedByTls(@TempDir Path directory) throws Exception {
    TlsNodes nodes = closing(new TlsNodes(directory, "a"));
    nodes.start("a");
    HeraSettings settings = HeraSettings.of("https://127.0.0.1:" + nodes.port("a"))
        .withDrain(Duration.ZERO)
        .withoutShutdownHook()
        .withTls(nodes.ca.clientContext());
    HeraClient client = closing(HeraClient.create(settings));
    assertThat(await(client.register(offer("orders", "1")).registered()).state())
        .isEqualTo(State.REGISTERED);
  }

  @Test
  void nothingBlocksOrFailsWhenNoNodeListens() {
    int port = Ports.free();
    HeraClient client = closing(HeraClient.create(
        settings(port).withPatience(Duration.ofMillis(300)).withFarewell(Duration.ofMillis(300))));
    Registration one = client.register(offer("orders", "1"));
    ServiceView view = client.watch("orders");
    assertThat(view.current().freshness()).isEqualTo(Freshness.COLD);
    assertThat(one.state()).isEqualTo(State.STARTING);
    assertThatThrownBy(() -> await(view.first()))
        .hasRootCauseInstanceOf(HeraException.class)
        .hasMessageContaining("connection refused");
    Eventually.passes(() -> assertThat(one.problem().orElseThrow().detail()).contains("refused"));
  }

  @Test
  void aSecondRegistrationOfAnInstanceIsRefused() throws Exception {
    HeraClient client =
        closing(HeraClient.create(settings(Ports.free()).withFarewell(Duration.ofMillis(100))));
    client.register(offer("orders", "1"));
    assertThatThrownBy(() -> client.register(offer("orders", "1")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("orders/1 is registered already");
  }

  /**
   * The threads of a client are in the group of the thread that made it. The JDK completes each response in its common pool, which makes a
   * thread for it that soon ends where there are one or two processors, and otherwise keeps one.
   */
  @Test
  void threadsEndWithTheClient() throws Exception {
    ServedNode node = closing(ServedNode.ready());
    ThreadGroup group = new ThreadGroup("of the client");
    CompletableFuture<Void> open = new CompletableFuture<>();
    CompletableFuture<Void> counted = new CompletableFuture<>();
    Thread user = new Thread(group, () -> {
      try (HeraClient client = HeraClient.create(settings(node.port()))) {
        client.register(offer("orders", "1")).registered().toCompletableFuture().join();
        client.watch("orders").first().toCompletableFuture().join();
        open.complete(null);
        counted.join();
      }
    });
    user.start();
    try {
      open.get(30, TimeUnit.SECONDS);
      Eventually.passes(
          () -> assertThat(names(group)).contains("hera-client", "hera-events").hasSize(4));
    } finally {
      counted.complete(null);
    }
    user.join();
    Eventually.passes(() -> {
      System.gc();
      assertThat(names(group)).isEmpty();
    });
  }

  private static List<String> names(ThreadGroup group) {
    Thread[] threads = new Thread[20];
    int count = group.enumerate(threads);
    return Stream.of(threads)
        .limit(count)
        .filter(thread -> !(thread instanceof ForkJoinWorkerThread))
        .map(Thread::getName)
        .toList();
  }

  @Test
  void foreignCodeRunsOnTheThreadOfEvents() throws Exception {
    ServedNode node = closing(ServedNode.ready());
    Set<String> threads = ConcurrentHashMap.newKeySet();
    HeraClient client = closing(HeraClient.create(settings(node.port()).withToken(() -> {
      threads.add(Thread.currentThread().getName());
      return "token";
    })));
    client.listen(new ClientListener() {
      @Override
      public void registrationChanged(Registration registration) {
        threads.add(Thread.currentThread().getName());
      }
    });
    CountDownLatch shown = new CountDownLatch(1);
    client.watch("orders").onChange(snapshot -> {
      threads.add(Thread.currentThread().getName());
      shown.countDown();
    });
    await(client.register(offer("orders", "1")).registered().thenRun(() -> {}));
    assertThat(shown.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(threads).containsExactly("hera-events");
  }

  @Test
  void theEndOfTheJvmClosesTheClient() throws Exception {
    ServedNode node = closing(ServedNode.ready());
    HeraClient client = closing(HeraClient.create(
        HeraSettings.of("http://127.0.0.1:" + node.port()).withDrain(Duration.ZERO)));
    await(client.register(offer("orders", "1")).registered());
    assertThat(client).isInstanceOf(HookedClient.class);
    Thread hook = ((HookedClient) client).hook();
    assertThat(Runtime.getRuntime().removeShutdownHook(hook))
        .as("it was installed")
        .isTrue();
    hook.start();
    hook.join();
    assertThat(node.get("/orders/1").status()).isEqualTo(404);
  }

  @Test
  void aCallbackMayCloseTheClient() throws Exception {
    ServedNode node = closing(ServedNode.ready());
    HeraClient client = closing(HeraClient.create(settings(node.port())));
    Registration one = client.register(offer("orders", "1"));
    await(one.registered().thenAccept(registered -> client.close()));
    assertThat(node.get("/orders/1").status()).isEqualTo(404);
  }
}
