package io.hera.torture;

import io.hera.torture.Event.Kind;
import java.util.List;
import java.util.Random;

/**
 * Owners that renew their instances in time, as good clients do: if a node does not answer, at the
 * next one at once, and from then on there. Readers and watchers at each node look at all of the
 * instances. They are never quiet.
 */
final class LivingClients implements AutoCloseable {
  private static final int RENEWALS_PER_TTL = 8;

  private final World world;
  private final Requests requests;
  private final long seed;
  private final Pace pace;
  private final Loops loops = new Loops();
  private final Watchers watchers;

  LivingClients(World world, Requests requests, long seed, Pace pace) {
    this.world = world;
    this.requests = requests;
    this.seed = seed;
    this.pace = pace;
    this.watchers = new Watchers(world, requests);
  }

  void start() {
    List<String> keys = Keys.living();
    for (int i = 0; i < keys.size(); i++) {
      Owner owner = new Owner(keys.get(i), i % world.nodes(), new Random(seed * 41 + i));
      loops.start("living-" + i, Keys.ttl(keys.get(i)) / RENEWALS_PER_TTL, owner::renew);
    }
    for (int i = 0; i < world.nodes(); i++) {
      int node = i;
      loops.start("lister-" + i, pace.pause(), () -> requests.readLiving(node));
      loops.start("watcher-" + i, 50, () -> watchers.watch(node));
    }
  }

  private final class Owner {
    private final String key;
    private final Random random;
    private int home;
    private int n;

    Owner(String key, int home, Random random) {
      this.key = key;
      this.home = home;
      this.random = random;
    }

    void renew() {
      home = random.nextInt(20) == 0 ? random.nextInt(world.nodes()) : home;
      for (int tries = 0; tries < world.nodes() && !put(); tries++) {
        home = (home + 1) % world.nodes();
      }
      requests.ask(Kind.GET, home, key, "");
    }

    private boolean put() {
      String body = "{\"key\":\"%s\",\"n\":%d}".formatted(key, n++);
      return requests.ask(Kind.PUT, home, key, body) == 204;
    }
  }

  @Override
  public void close() {
    watchers.close();
    loops.close();
  }
}
