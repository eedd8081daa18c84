package io.hera.client;

import java.util.SortedMap;
import java.util.concurrent.CompletionStage;

/** A client that the end of the JVM closes, unless the application has closed it before. */
final class HookedClient implements HeraClient {
  private final HeraClient client;
  private final Thread hook;

  private HookedClient(HeraClient client) {
    this.client = client;
    this.hook = new Thread(client::close, "hera-shutdown");
  }

  /** Returns the client, with a hook; without one if the JVM is ending already. */
  static HeraClient of(HeraClient client) {
    HookedClient hooked = new HookedClient(client);
    try {
      Runtime.getRuntime().addShutdownHook(hooked.hook);
      return hooked;
    } catch (IllegalStateException ending) {
      return client;
    }
  }

  /** Returns the thread that the JVM starts when it ends. */
  Thread hook() {
    return hook;
  }

  @Override
  public Registration register(Offer offer) {
    return client.register(offer);
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
    if (Thread.currentThread() != hook) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException ending) {
        // The JVM runs its hooks already, this one too; to close twice does nothing.
      }
    }
  }
}
