package io.hera.torture;

import io.hera.torture.Event.Kind;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The owners and readers of changing instances, one thread each. */
final class Clients implements AutoCloseable {
  private static final int READERS = 4;

  private final World world;
  private final Requests requests;
  private final long seed;
  private final Pace pace;
  private final ReentrantReadWriteLock quiet = new ReentrantReadWriteLock(true);
  private final Loops loops = new Loops();

  Clients(World world, Requests requests, long seed, Pace pace) {
    this.world = world;
    this.requests = requests;
    this.seed = seed;
    this.pace = pace;
  }

  void start() {
    List<String> keys = Keys.changing();
    for (int i = 0; i < keys.size(); i++) {
      Owner owner = new Owner(keys.get(i), i % world.nodes(), new Random(seed * 31 + i));
      loops.start("owner-" + i, pace.pause() * 3 / 2, () -> whileNotQuiet(owner::act));
    }
    for (int i = 0; i < READERS; i++) {
      Random random = new Random(seed * 37 + i);
      loops.start(
          "reader-" + i,
          pace.pause(),
          () -> whileNotQuiet(() -> {
            String key = keys.get(random.nextInt(keys.size()));
            requests.ask(Kind.GET, random.nextInt(world.nodes()), key, "");
          }));
    }
  }

  /** Runs {@code work} while no client has a request under way. */
  void quiesced(Runnable work) {
    quiet.writeLock().lock();
    try {
      work.run();
    } finally {
      quiet.writeLock().unlock();
    }
  }

  private void whileNotQuiet(Runnable work) {
    quiet.readLock().lock();
    try {
      work.run();
    } finally {
      quiet.readLock().unlock();
    }
  }

  /** The owner of one instance: puts and deletes it now and then, and reads it back. */
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

    void act() {
      n++;
      home = random.nextInt(10) == 0 ? random.nextInt(world.nodes()) : home;
      int dice = random.nextInt(20);
      if (dice == 0) {
        requests.ask(Kind.DELETE, home, key, "");
      } else if (dice < 10) {
        requests.ask(Kind.PUT, home, key, "{\"key\":\"%s\",\"n\":%d}".formatted(key, n));
      }
      requests.ask(Kind.GET, home, key, "");
    }
  }

  @Override
  public void close() {
    loops.close();
  }
}
