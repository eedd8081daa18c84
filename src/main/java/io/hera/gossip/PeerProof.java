package io.hera.gossip;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * What a node shows its peers to prove that it is one of them: a token, as long as it has one. One per node: the node replaces the token
 * when its file changes, and event loops read it for each request.
 *
 * <p>The token is sent where no other machine can read it: by TLS, to loopback, or everywhere if the network encrypts.
 */
public final class PeerProof {
  private final Network network;
  private volatile Optional<String> token = Optional.empty();

  /** The network between the nodes. */
  public enum Network {
    /** Other machines may read requests that are not sent by TLS. */
    OPEN,
    /** It encrypts. */
    ENCRYPTED
  }

  /** A proof without a token. */
  public PeerProof(Network network) {
    this.network = network;
  }

  /** Returns whether there is a token. */
  public boolean hasToken() {
    return token.isPresent();
  }

  /** Replaces the token. */
  public void set(Optional<String> changed) {
    token = changed;
  }

  /**
   * Returns the headers of a request to this address, an IP address, that prove who sends it.
   *
   * @param tls whether the request is sent by TLS
   */
  MultiMap headers(SocketAddress peer, boolean tls) {
    MultiMap headers = HttpHeaders.headers();
    token
        .filter(secret -> tls || network == Network.ENCRYPTED || isLoopback(peer))
        .ifPresent(secret -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + secret));
    return headers;
  }

  private static boolean isLoopback(SocketAddress peer) {
    byte[] ip = NetUtil.createByteArrayFromIpAddressString(peer.host());
    try {
      return ip != null && InetAddress.getByAddress(ip).isLoopbackAddress();
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
