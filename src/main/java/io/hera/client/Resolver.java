package io.hera.client;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Finds the addresses of a host. */
@FunctionalInterface
public interface Resolver {
  /**
   * Resolves a name, without blocking. The future completes on any thread, with at least one
   * address; it fails if the name has none, or cannot be resolved now.
   */
  CompletableFuture<List<InetAddress>> resolve(String host);
}
