package io.hera.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Makes clients of real threads, time and network: the only class that reads a clock or draws lots. */
final class HeraClients {
  private HeraClients() {}

  static HeraClient create(HeraSettings settings) {
    HeraClient client = DefaultClient.begun(settings, machinery(settings));
    return settings.hook() == HeraSettings.ShutdownHook.INSTALLED
        ? HookedClient.of(client)
        : client;
  }

  /** Handshakes of TLS take long, and resolve names: they get a thread of their own. */
  private static Machinery machinery(HeraSettings settings) {
    ThreadLoop loop = new ThreadLoop(System::nanoTime);
    Executor http = settings.nodes().hasTls() ? new OneThread("hera-tls") : loop;
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    return new Machinery(
        loop,
        new HttpTransport(http, settings.identity().tls()),
        new OneThread("hera-events"),
        random,
        HeraClients::resolve);
  }

  /** The thread lives only while a name is resolved, which may take many seconds. */
  private static CompletableFuture<List<InetAddress>> resolve(String host) {
    CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
    OneThread.daemon(
            () -> {
              try {
                found.complete(List.of(InetAddress.getAllByName(host)));
              } catch (UnknownHostException unknown) {
                found.completeExceptionally(unknown);
              }
            },
            "hera-names")
        .start();
    return found;
  }
}
