package io.hera.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The watches of a client: one for all views of the same service with the same conditions. It stays for
 * 5 minutes after its last view, so that short uses in a row cost one answer. Any thread may open and
 * close views; all else belongs to the loop.
 */
final class Watches implements Contacts.Follower {
  private static final Duration WARM = Duration.ofMinutes(5);

  private final Watch.Parts parts;
  private final Machinery machinery;
  private final Locality place;
  private final Reports reports;
  private final Map<WatchedService, WatchView> views = new ConcurrentHashMap<>();
  private final Map<WatchedService, Watch> watches = new LinkedHashMap<>();
  private final Map<WatchedService, Integer> users = new HashMap<>();
  private final Map<WatchedService, Loop.Timer> ending = new HashMap<>();

  Watches(Watch.Parts parts, Machinery machinery, Optional<String> zone, Reports reports) {
    this.parts = parts;
    this.machinery = machinery;
    this.place = Locality.of(zone.orElse(""));
    this.reports = reports;
  }

  /** Opens a view: the watch begins, if there is none. */
  WatchView open(WatchedService service) {
    WatchView view = views.computeIfAbsent(service, this::view);
    loop().execute(() -> {
      users.merge(service, 1, Integer::sum);
      stay(service);
      views.putIfAbsent(service, view);
      if (!watches.containsKey(service)) {
        begin(service, view);
      }
    });
    return view;
  }

  private WatchView view(WatchedService service) {
    return new WatchView(
        service, machinery, place, snapshot -> reports.viewChanged(service, snapshot));
  }

  private void begin(WatchedService service, WatchView view) {
    CacheRule rule = new CacheRule(
        service.name(), parts.timing().grace(), machinery.random(), loop().nanos());
    Watch watch = new Watch(service, parts, rule, view);
    watches.put(service, watch);
    watch.begin();
  }

  /** A view is closed; its watch ends later, unless another view comes. */
  void leave(WatchedService service) {
    loop().execute(() -> {
      users.merge(service, -1, Integer::sum);
      stay(service);
      ending.put(service, loop().after(WARM, () -> endIfUnused(service)));
    });
  }

  private void stay(WatchedService service) {
    Optional.ofNullable(ending.remove(service)).ifPresent(Loop.Timer::cancel);
  }

  private void endIfUnused(WatchedService service) {
    if (users.getOrDefault(service, 0) <= 0) {
      Optional.ofNullable(watches.remove(service)).ifPresent(Watch::close);
      users.remove(service);
      views.remove(service);
      reports.forget(service);
    }
  }

  void close() {
    watches.values().forEach(Watch::close);
    watches.clear();
  }

  /** Returns the nodes at which a watch waits for a change. */
  Set<Node> waitedFor() {
    return watches.values().stream()
        .flatMap(watch -> watch.waitsAt().stream())
        .collect(Collectors.toSet());
  }

  /** Returns the views. Any thread may ask. */
  List<WatchView> views() {
    return List.copyOf(views.values());
  }

  @Override
  public void wentAside(Node node) {
    List.copyOf(watches.values()).forEach(watch -> watch.wentAside(node));
  }

  @Override
  public void answers(Node node) {}

  private Loop loop() {
    return parts.calls().loop;
  }
}
