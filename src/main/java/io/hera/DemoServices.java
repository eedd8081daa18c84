package io.hera;

import io.hera.client.Document;
import io.hera.client.HeraClient;
import io.hera.client.HeraSettings;
import io.hera.client.Offer;
import io.hera.client.Registration;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The instances of a demonstration, kept by the client library. Each step changes one of them; owned by one thread but for their health. */
final class DemoServices implements AutoCloseable {
  /** Held, so that the level stays. */
  private static final Logger LIBRARY = Logger.getLogger("io.hera.client");

  private static final int ORDERS = 3;
  private static final int PAYMENTS = 2;
  private static final Duration CHECK = Duration.ofSeconds(1);

  private final HeraClient client;
  private final AtomicBoolean mailWorks = new AtomicBoolean(true);
  private final Registration canary;
  private final Registration payments;
  private int steps;

  /** Begins to register them at these nodes. */
  DemoServices(String nodes) {
    LIBRARY.setLevel(Level.OFF);
    client =
        HeraClient.create(HeraSettings.of(nodes).withDrain(Duration.ZERO).withoutShutdownHook());
    for (int i = 1; i <= ORDERS; i++) {
      client.register(offer("orders", "10.0.1." + i));
    }
    canary = client.register(offer("orders", "10.0.1.9").with("version", "2.0-canary"));
    Registration last = client.register(offer("payments", "10.0.2.1"));
    for (int i = 2; i <= PAYMENTS; i++) {
      last = client.register(offer("payments", "10.0.2." + i));
    }
    payments = last;
    client.register(offer("mail", "10.0.4.1")).when(mailWorks::get, CHECK);
  }

  private static Offer offer(String service, String host) {
    Document document = Document.empty()
        .with("host", host)
        .with("port", 8080)
        .with("zone", host.endsWith("1") ? "ams" : "fra")
        .with("status", "up")
        .with("version", "1.0");
    return Offer.of(service, host + "-8080", document);
  }

  /** Takes the next step; {@code job} registers a job of this number, which expires. */
  void step(IntConsumer job) {
    int round = steps / 6;
    switch (steps % 6) {
      case 0 -> job.accept(round);
      case 1 -> canary.pause();
      case 2 -> payments.update(document -> document.with("version", "1." + (round + 1)));
      case 3 -> mailWorks.set(false);
      case 4 -> canary.resume();
      default -> mailWorks.set(true);
    }
    steps++;
  }

  /** Deregisters them. */
  @Override
  public void close() {
    client.close();
  }
}
