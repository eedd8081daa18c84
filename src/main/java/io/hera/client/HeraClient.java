package io.hera.client;

import java.util.SortedMap;
import java.util.concurrent.CompletionStage;

/**
 * A process' line to a cluster of Hera. Make one; it is thread-safe, and has three daemon threads
 * however many services it uses, and a fourth if nodes are reached by TLS. Not for implementing: it may
 * get methods in minor versions.
 *
 * <p>No method blocks but {@code close}, and none fails because no node answers: the state is visible,
 * and to wait is a stage. All stages complete, and all listeners run, on the thread {@code
 * hera-events}.
 */
public interface HeraClient extends AutoCloseable {
  /**
   * Creates a client with default settings; does not connect yet.
   *
   * @param nodes as {@link HeraSettings#of}
   * @throws IllegalArgumentException if it is not a list of URLs; the message names value and rule
   */
  static HeraClient create(String nodes) {
    return create(HeraSettings.of(nodes));
  }

  /** Creates a client; does not connect yet. */
  static HeraClient create(HeraSettings settings) {
    return HeraClients.create(settings);
  }

  /** Creates a client over other machinery: for tests and tools. It installs no shutdown hook. */
  static HeraClient create(HeraSettings settings, Machinery machinery) {
    return DefaultClient.begun(settings, machinery);
  }

  /**
   * Begins to register an instance; returns at once. A document without {@code host} gets the address
   * of this process, which follows when the network changes; an offer without id gets {@code
   * <host>-<port>}, which stays.
   *
   * @throws IllegalStateException if this client has a living registration of the same instance, or is
   *     closed
   */
  Registration register(Offer offer);

  /**
   * Begins to follow a service; returns at once. Equal calls share one watch.
   *
   * @param match conditions that an instance has to meet, all of them
   * @throws IllegalArgumentException if the name is not one of a service
   * @throws IllegalStateException if the client is closed
   */
  ServiceView watch(String service, Match... match);

  /**
   * Reads the instances of a service once, at any node.
   *
   * @return fails with a {@link HeraException} if a node refuses it, or none answers within {@link
   *     HeraSettings#withPatience}
   */
  CompletionStage<Snapshot> lookup(String service, Match... match);

  /**
   * Reads the names of all services, with their numbers of instances, once, at any node.
   *
   * @return fails as that of {@link #lookup}
   */
  CompletionStage<SortedMap<String, Integer>> services();

  /** Returns the state of nodes, registrations and views. Never blocks. */
  ClientStatus status();

  /** Adds a listener; it stays until the client is closed. */
  void listen(ClientListener listener);

  /**
   * Deregisters all instances, in parallel, waits for {@link HeraSettings#withDrain} if there were any,
   * and ends watches, threads and connections. Stages that have not completed fail with a {@link
   * HeraException}, and so do later ones of its views and registrations. It takes no longer than {@link
   * HeraSettings#withFarewell}. Idempotent; any thread may call it, callbacks too.
   */
  @Override
  void close();
}
