package io.hera.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hera.testkit.TestLimits;
import io.hera.wire.ContentHasher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A registry with its clocks, driven as a node drives it: {@link #advance} purges as the timer
 * does, and a pull takes pages.
 */
public final class TestNode {
  private static final int PAGES_MAX = 10_000;

  /** A transport of answers between two nodes, which may encode them. */
  public interface Carrier {
    /** Returns the answer of {@code answerer}, as it arrives at {@code asker}. */
    Delta exchange(TestNode asker, Digest asked, TestNode answerer);
  }

  /** A change of the view. */
  public record Change(
      Key key, @Nullable String before, @Nullable String after) {}

  public final String name;
  public final Clocks clocks;
  /** The changes of the view since the last wipe. */
  public final List<Change> changes = new ArrayList<>();
  /** The services that fell silent or spoke again since the last wipe. */
  final List<Silence> silences = new ArrayList<>();
  /** The causes of these changes. */
  final List<io.hera.registry.Change.Kind> kinds = new ArrayList<>();

  public int pageBytesMax = 1 << 20;
  public Carrier carrier = (asker, asked, answerer) -> answerer.registry.delta(
      Asker.member(asker.name), asked, Dialect.V2_DRAINS, answerer.pageBytesMax);

  private Set<String> members;
  private RegistryLimits limits;
  private Registry registry;
  /** When the process began: long ago, unless it was restarted. */
  private long since = 1;

  private long savedLivenessMillis;

  /** Creates a node that takes writes at once. */
  public TestNode(String name, Set<String> members, RegistryLimits limits, Clocks clocks) {
    this.name = name;
    this.members = members;
    this.limits = limits;
    this.clocks = clocks;
    this.registry = fresh();
    registry.recovered();
    registry.synchronised();
  }

  public static TestNode alone(String name) {
    return new TestNode(name, Set.of("a", "b", "c"), TestLimits.DEFAULT, new Clocks());
  }

  public Registry registry() {
    return registry;
  }

  /** Returns a count of silent instances that sees none. */
  static Silences noSilences() {
    return new Silences(new Replica("none"), () -> 1, change -> {});
  }

  public void configure(Set<String> members, RegistryLimits limits) {
    this.members = members;
    this.limits = limits;
    registry.configure(members, limits);
  }

  /** Kills the process and starts it again, without its memory; it is recovering then. */
  public void wipe() {
    since = clocks.millis();
    registry = fresh();
  }

  /** Returns a snapshot, page by page. */
  public List<OriginDelta> save() {
    savedLivenessMillis = limits.livenessMillis();
    List<OriginDelta> parts = new ArrayList<>();
    for (String origin : registry.snapshots().origins()) {
      long above = 0;
      for (boolean more = true; more; ) {
        SnapshotPage page = registry.snapshots().page(origin, above, pageBytesMax);
        parts.add(page.part());
        more = page.more();
        above = page.next();
      }
    }
    return parts;
  }

  /** Starts the process again with a snapshot; it is recovering then. */
  public void restart(List<OriginDelta> snapshot) {
    wipe();
    snapshot.forEach(part -> registry.snapshots().restore(part, savedLivenessMillis));
  }

  // Time.

  /** Lets time pass, with the purge timer on time. */
  public void advance(long millis) {
    for (long left = millis; left > 0; left -= Registry.PURGE_INTERVAL_MILLIS) {
      clocks.pass(Math.min(left, Registry.PURGE_INTERVAL_MILLIS));
      purge();
    }
  }

  /** Lets time pass while the process is held up; then the purge timer runs. */
  public void pause(long millis) {
    clocks.pass(millis);
    purge();
  }

  public void purge() {
    while (registry.purge(1_000)) {
      // More slots are due.
    }
  }

  // Clients.

  public Outcome put(String path, String document) {
    return put(path, document, 0);
  }

  public Outcome put(String path, String document, long ttlMillis) {
    return registry.put(key(path), document.getBytes(UTF_8), ttlMillis);
  }

  public Outcome renew(String path) {
    return registry.renew(key(path), 0);
  }

  public Outcome delete(String path) {
    return registry.remove(key(path));
  }

  // Operators.

  /** Drains the instances of a selector, without an end. */
  public Outcome drain(String selector) {
    return drain(selector, 0);
  }

  public Outcome drain(String selector, long ttlMillis) {
    byte[] document = "{\"at\":\"now\",\"reason\":\"test\"}".getBytes(UTF_8);
    Outcome outcome =
        registry.drains().put(Selector.parse(selector).orElseThrow(), document, ttlMillis);
    walk();
    return outcome;
  }

  public Outcome undrain(String selector) {
    Outcome outcome = registry.drains().remove(Selector.parse(selector).orElseThrow());
    walk();
    return outcome;
  }

  private void walk() {
    while (registry.drains().walk(1_000)) {
      // More instances are to be looked at.
    }
  }

  /** Returns the texts of the drains in force. */
  public Set<String> drains() {
    return registry.drains().all().stream().map(Drains.State::selector).collect(Collectors.toSet());
  }

  /** Returns the document of the instance, drained or not; or null. */
  public @Nullable String get(String path) {
    InstanceView found = registry.instance(key(path));
    return found == null ? null : new String(found.document(), UTF_8);
  }

  public Map<String, String> service(String service) {
    Map<String, String> shown = new TreeMap<>();
    registry
        .view()
        .forEachInstance(service, (id, document) -> shown.put(id, new String(document, UTF_8)));
    return shown;
  }

  /** Returns path → document of all instances. */
  public Map<String, String> view() {
    Map<String, String> shown = new TreeMap<>();
    registry
        .view()
        .instanceCounts()
        .keySet()
        .forEach(service ->
            service(service).forEach((id, document) -> shown.put(service + "/" + id, document)));
    return shown;
  }

  // Peers.

  /** Takes back all own entries that {@code peer} holds, page by page (P7). */
  public void takeBack(TestNode peer) {
    long horizon = 0;
    for (boolean more = true; more; ) {
      Digest asked = Digest.of(name, horizon);
      Delta delta = carrier.exchange(this, asked, peer);
      registry.merge(delta, Set.of(name), Set.of(name));
      registry.answered(peer.name, peer.since, asked, delta, Set.of(name));
      more = delta.more();
      horizon = delta.origins().stream().mapToLong(OriginDelta::to).max().orElse(horizon);
    }
  }

  /** Pulls everything from {@code peer}, page by page; returns the number of pages. */
  public int pull(TestNode peer) {
    registry.heard(peer.name, peer.clocks.millis());
    Digest digest = registry.digest(peer.name);
    for (int pages = 0; pages < PAGES_MAX; pages++) {
      Delta delta = carrier.exchange(this, digest, peer);
      registry.want(peer.registry.held(digest).keySet());
      Set<String> origins = digest.horizons().keySet();
      if (delta.origins().isEmpty() && registry.nextOfPull(peer.name).equals(digest)) {
        registry.answered(peer.name, peer.since, digest, delta, origins);
        registry.pulled(peer.name);
        return pages;
      }
      registry.merge(delta, origins, origins);
      registry.answered(peer.name, peer.since, digest, delta, origins);
      Digest next = registry.nextOfPull(peer.name);
      if (next.equals(digest)) {
        return pages;
      }
      digest = next;
    }
    throw new AssertionError("a pull of " + name + " from " + peer.name + " does not end");
  }

  /** Returns the answer to a peer that has seen {@code seen} of {@code origin}. */
  public List<OriginDelta> answer(String origin, long seen) {
    return registry
        .delta(Asker.UNNAMED, Digest.of(origin, seen), Dialect.V2_DRAINS, pageBytesMax)
        .origins();
  }

  /** Returns all entries of {@code origin} that the node sends. */
  public List<Entry> entries(String origin) {
    return registry
        .delta(Asker.UNNAMED, Digest.of(origin, 0), Dialect.V2_DRAINS, Integer.MAX_VALUE)
        .origins()
        .stream()
        .flatMap(part -> part.entries().stream())
        .toList();
  }

  /** Returns the version of the entry of {@code origin} on {@code path} that the node sends. */
  public long version(String origin, String path) {
    return entries(origin).stream()
        .filter(entry -> entry.key().equals(key(path)))
        .mapToLong(Entry::version)
        .findAny()
        .orElseThrow(
            () -> new AssertionError(name + " sends no entry of " + origin + " on " + path));
  }

  public long horizon(String origin) {
    return registry.stats().origins().get(origin).horizon();
  }

  public long refused(Refusal refusal) {
    return registry.stats().refusals().getOrDefault(refusal, 0L);
  }

  public static Key key(String path) {
    int slash = path.indexOf('/');
    return new Key(path.substring(0, slash), path.substring(slash + 1));
  }

  private Registry fresh() {
    changes.clear();
    kinds.clear();
    silences.clear();
    return new Registry(
        name, members, limits, clocks, clocks.monotonicNanos(), new Hash(), new ViewListener() {
          @Override
          public void changed(io.hera.registry.Change change) {
            kinds.add(change.kind());
            changes.add(new Change(change.key(), text(change.before()), text(change.after())));
          }

          @Override
          public void silence(Silence silence) {
            silences.add(silence);
          }
        });
  }

  private static final class Hash implements ContentHash {
    private final ContentHasher json = new ContentHasher(Set.of());

    @Override
    public ContentVersion of(String service, String id, byte[] document) {
      return content(service, id, document);
    }

    @Override
    public Map<String, String> members(byte[] document, Set<String> names) {
      return json.members(document, names);
    }
  }

  /** A content hash for test documents, which need not be JSON. */
  static ContentVersion content(String service, String id, byte[] document) {
    return new ContentVersion(
        31L * service.hashCode() + id.hashCode(), 1 + Arrays.hashCode(document));
  }

  private static @Nullable String text(byte @Nullable [] document) {
    return document == null ? null : new String(document, UTF_8);
  }

  @Override
  public String toString() {
    return name;
  }
}
