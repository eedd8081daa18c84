package io.hera.http;

import io.hera.access.Caller;
import io.hera.access.Proof;
import io.hera.store.history.Author;
import io.vertx.core.net.SocketAddress;

/** The client that has sent a request. Its texts are made when a write of it changes something, not at each heartbeat. */
record RequestAuthor(SocketAddress remote, Caller caller) implements Author {
  @Override
  public String address() {
    return remote.hostAddress();
  }

  @Override
  public String identity() {
    boolean unknown = caller.proof() instanceof Proof.Unchecked || caller.isAnonymous();
    return unknown ? "" : caller.identity().name();
  }
}
