package io.hera.client;

import io.hera.client.ClientStatus.NodeState;
import io.hera.client.ClientStatus.NodeStatus;
import io.hera.client.ClientStatus.RegistrationStatus;
import io.hera.client.ClientStatus.ViewStatus;
import io.hera.client.Snapshot.Freshness;
import io.hera.json.JsonFields;
import io.hera.json.Malformed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** The client: composes the parts, and hands what applications want to them. Thread-safe. */
final class DefaultClient implements HeraClient, Contacts.Follower {
  private final Machinery machinery;
  private final Loop loop;
  private final Timing timing;
  private final Nodes nodes;
  private final NodeNames names;
  private final Calls calls;
  private final Reports reports;
  private final Ending ending;
  private final Registrations registrations;
  private final Watches watches;
  private final Reads reads;
  private final Pulse pulse;
  private final Homeward homeward;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Void> farewell = new CompletableFuture<>();

  private DefaultClient(HeraSettings settings, Machinery machinery, LocalAddresses addresses) {
    this.machinery = machinery;
    loop = machinery.loop();
    timing = settings.timing();
    Backoff backoff = new Backoff(machinery.random());
    nodes = new Nodes(settings.nodes(), machinery.random());
    Outage outage = new Outage(loop, nodes, backoff);
    names = new NodeNames(loop, machinery.names(), nodes, outage, backoff);
    Contacts contacts = new Contacts(loop, nodes, outage, backoff);
    Tokens tokens = new Tokens(settings.identity().token(), loop, machinery.events());
    calls = new Calls(loop, machinery.transport(), tokens, contacts, outage);
    reports = new Reports(machinery.events());
    ending = new Ending(machinery.events());
    Beats beats = new Beats(calls, nodes, backoff, new Ownership(calls));
    OwnHost host = new OwnHost(settings.identity().advertise(), addresses, machinery);
    Relocation relocation = new Relocation(calls, nodes, backoff, host);
    registrations = new Registrations(
        new OwnRegistration.Parts(beats, backoff, ending, reports, timing),
        host,
        relocation,
        settings.zone());
    watches = new Watches(
        new Watch.Parts(calls, nodes, backoff, timing), machinery, settings.zone(), reports);
    reads = new Reads(calls, nodes, ending, timing.patience());
    pulse = new Pulse(calls, backoff, watches::waitedFor);
    homeward = new Homeward(calls, nodes, backoff);
    List.of(names, watches, relocation, this).forEach(contacts::follow);
  }

  /** Creates a client that resolves the names of its nodes; it asks no node yet. */
  static DefaultClient begun(HeraSettings settings, Machinery machinery) {
    return begun(settings, machinery, LocalAddresses.SYSTEM);
  }

  /** Creates a client as if this machine had these addresses. */
  static DefaultClient begun(HeraSettings settings, Machinery machinery, LocalAddresses addresses) {
    DefaultClient client = new DefaultClient(settings, machinery, addresses);
    client.loop.execute(() -> {
      client.names.begin();
      client.pulse.begin();
      client.homeward.begin();
    });
    return client;
  }

  @Override
  public Registration register(Offer offer) {
    checkOpen();
    return registrations.register(offer);
  }

  @Override
  public ServiceView watch(String service, Match... match) {
    checkOpen();
    WatchView shared = watches.open(service(service, match));
    OpenView.Terms terms = new OpenView.Terms(timing.patience(), nodes::reasons, ending);
    return new OpenView(shared, watches, terms);
  }

  @Override
  public CompletionStage<Snapshot> lookup(String service, Match... match) {
    checkOpen();
    WatchedService wanted = service(service, match);
    return reads
        .read(wanted.target(), source -> snapshot(service, source))
        .minimalCompletionStage();
  }

  private Optional<Snapshot> snapshot(String service, Reads.Source source) {
    if (Listing.read(service, source.answer().body()) instanceof Listing.Instances listed) {
      return Optional.of(new Snapshot(
          service,
          listed.instances(),
          source.answer().header("etag").orElse(""),
          source.node().toString(),
          Freshness.FRESH,
          loop.nanos()));
    }
    return Optional.empty();
  }

  @Override
  public CompletionStage<SortedMap<String, Integer>> services() {
    checkOpen();
    return reads.read("/", source -> counts(source.answer())).minimalCompletionStage();
  }

  private static Optional<SortedMap<String, Integer>> counts(Answer answer) {
    try {
      SortedMap<String, Integer> counts = new TreeMap<>();
      JsonFields.parse(answer.body())
          .objects()
          .forEach((service, of) -> counts.put(service, (int) of.number("instances", 0)));
      return Optional.of(counts);
    } catch (Malformed flaw) {
      return Optional.empty();
    }
  }

  private static WatchedService service(String name, Match... match) {
    return new WatchedService(
        Names.service(name), List.of(match).stream().sorted().distinct().toList());
  }

  @Override
  public ClientStatus status() {
    long now = loop.nanos();
    return new ClientStatus(
        nodes.all().stream().map(node -> status(node, now)).toList(),
        registrations.all().stream().map(one -> status(one, now)).toList(),
        watches.views().stream().map(view -> status(view, now)).toList(),
        calls.sent());
  }

  private static NodeStatus status(Node node, long now) {
    Node.Health health = node.health();
    NodeState state = health.answeredAt().isEmpty() ? NodeState.UNKNOWN : NodeState.ANSWERS;
    return new NodeStatus(
        node.toString(),
        node.rank,
        health.failures() > 0 ? NodeState.ASIDE : state,
        health.answeredAt().map(at -> Duration.ofNanos(now - at)),
        health.lastError(),
        health.retries());
  }

  private static RegistrationStatus status(OwnRegistration registration, long now) {
    OptionalLong at = registration.instance().condition().acceptedAt();
    return new RegistrationStatus(
        registration.service(),
        registration.id(),
        registration.state(),
        registration.problem(),
        at.isPresent() ? Optional.of(Duration.ofNanos(now - at.getAsLong())) : Optional.empty());
  }

  private static ViewStatus status(WatchView view, long now) {
    Snapshot snapshot = view.current();
    return new ViewStatus(
        view.service().name(),
        view.service().matches(),
        snapshot.freshness(),
        snapshot.instances().size(),
        (int) snapshot.instances().stream().filter(Instance::held).count(),
        Duration.ofNanos(now - snapshot.sinceNanos()));
  }

  @Override
  public void listen(ClientListener listener) {
    reports.add(listener);
  }

  @Override
  public void wentAside(Node node) {
    reports.nodeChanged(status(node, loop.nanos()));
  }

  @Override
  public void answers(Node node) {
    reports.nodeChanged(status(node, loop.nanos()));
  }

  @Override
  public void close() {
    boolean first = !closing.get();
    Waiting.upTo(timing.farewell(), farewell());
    if (first) {
      end();
    }
  }

  /** Begins to deregister all; returns a future that completes when that is done. */
  CompletableFuture<Void> farewell() {
    if (!closing.getAndSet(true)) {
      ending.end();
      loop.execute(() -> {
        watches.close();
        After.of(registrations.closing(), (done, failure) -> farewell.complete(null));
      });
    }
    return farewell;
  }

  Nodes nodes() {
    return nodes;
  }

  /** Ends threads and connections. */
  void end() {
    loop.close();
    machinery.transport().close();
    machinery.events().close();
  }

  private void checkOpen() {
    if (closing.get()) {
      throw new IllegalStateException("the client is closed");
    }
  }
}
