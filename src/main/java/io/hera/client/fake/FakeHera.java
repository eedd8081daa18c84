package io.hera.client.fake;

import io.hera.client.ClientListener;
import io.hera.client.ClientStatus;
import io.hera.client.Document;
import io.hera.client.HeraClient;
import io.hera.client.HeraSettings;
import io.hera.client.Machinery;
import io.hera.client.Match;
import io.hera.client.Offer;
import io.hera.client.Registration;
import io.hera.client.ServiceView;
import io.hera.client.Snapshot;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A client over a cluster in memory, with a clock that the test turns: for tests of applications. It is
 * the client of the library, with its rules, over fake nodes, threads and time. So it keeps the last
 * instances while nodes are down, holds those that a restarted node lacks, and balances as in
 * production.
 *
 * <p>Nothing happens by itself. What a call causes is done when it returns: a view has its snapshot,
 * listeners have run, in the thread of the caller. What takes time, such as heartbeats and the end of a
 * ttl, happens in {@link #advance}. Thread-safe; a listener must not wait for another thread that uses
 * this object.
 *
 * <pre>{@code
 * FakeHera hera = FakeHera.create();
 * hera.put("orders", "1", Document.of("{\"host\":\"10.0.0.1\",\"port\":80}"));
 * ServiceView orders = hera.watch("orders");
 * hera.nodesDown();                                    // orders.current() is HELD, and has "1"
 * }</pre>
 */
public final class FakeHera implements HeraClient {
  private static final String NODES = "http://10.0.0.1:80,http://10.0.0.2:80,http://10.0.0.3:80";
  private static final Duration GATHERING = Duration.ofMillis(50);
  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final FakeTime time;
  private final FakeNodes nodes;
  private final HeraClient client;

  private FakeHera(HeraSettings settings) {
    time = new FakeTime();
    nodes = new FakeNodes(time);
    client = HeraClient.create(settings, machinery());
  }

  /** Returns a client of an empty cluster of three nodes that are up for long. */
  public static FakeHera create() {
    return create(UnaryOperator.identity());
  }

  /**
   * Returns a client with other settings, such as a zone.
   *
   * @param change applied to the settings of {@link #create()}: offers without host get 127.0.0.1, and
   *     {@code close} does not wait
   */
  public static FakeHera create(UnaryOperator<HeraSettings> change) {
    return new FakeHera(change.apply(HeraSettings.of(NODES)
        .withAdvertise("127.0.0.1")
        .withDrain(Duration.ZERO)
        .withFarewell(AT_ONCE)));
  }

  private Machinery machinery() {
    return new Machinery(
        time.new Lane(),
        nodes,
        time.new Lane(),
        random(),
        host -> CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress())));
  }

  /** Returns a generator (SplitMix64) that is the same for each test. */
  private static RandomGenerator random() {
    AtomicLong state = new AtomicLong();
    return () -> {
      long bits = state.addAndGet(GOLDEN);
      bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
      bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
      return bits ^ (bits >>> 31);
    };
  }

  /** Another process registers an instance, or changes its document; it lives until it is removed. */
  public void put(String service, String id, Document document) {
    Offer offer = Offer.of(service, id, document);
    time.execute(() -> nodes.put(offer.service(), offer.id(), document, Optional.empty()));
  }

  /** Another process deregisters an instance. */
  public void remove(String service, String id) {
    time.execute(() -> nodes.remove(service, id));
  }

  /**
   * The nodes have had no heartbeat of an instance for its ttl, and forget it. One that this client has
   * registered comes back with its next heartbeat.
   */
  public void expire(String service, String id) {
    remove(service, id);
  }

  /** Returns the document that the nodes have of an instance; empty if they do not know it. */
  public Optional<Document> find(String service, String id) {
    CompletableFuture<Optional<Document>> found = new CompletableFuture<>();
    time.execute(() -> found.complete(nodes.get(service, id)));
    return found.getNow(Optional.empty());
  }

  /** From now on, no node answers. They keep what they know, and the ttl of instances runs on. */
  public void nodesDown() {
    time.execute(nodes::goDown);
  }

  /** From now on, all nodes answer. A client that has noticed their absence asks them a little later. */
  public void nodesUp() {
    time.execute(nodes::goUp);
  }

  /** All nodes restart, and know nothing until instances are put, or send heartbeats. */
  public void nodesRestart() {
    time.execute(nodes::restart);
  }

  /** Lets time pass, and does all that is due in it. */
  public void advance(Duration duration) {
    time.advance(duration);
  }

  /** Registers an instance, and lets 50 ms pass, in which the client gathers registrations. */
  @Override
  public Registration register(Offer offer) {
    Registration registration = client.register(offer);
    advance(GATHERING);
    return registration;
  }

  @Override
  public ServiceView watch(String service, Match... match) {
    return client.watch(service, match);
  }

  @Override
  public CompletionStage<Snapshot> lookup(String service, Match... match) {
    return client.lookup(service, match);
  }

  @Override
  public CompletionStage<SortedMap<String, Integer>> services() {
    return client.services();
  }

  @Override
  public ClientStatus status() {
    return client.status();
  }

  @Override
  public void listen(ClientListener listener) {
    client.listen(listener);
  }

  @Override
  public void close() {
    client.close();
  }
}
