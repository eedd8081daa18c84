package io.hera.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * A handshake between two engines of the JDK in memory, both with the same material. The client also shows its certificate if
 * that may be a client's and there is a CA by which servers check it. Used once.
 */
final class TrialHandshake {
  private static final int STEPS_MAX = 100;
  private final SSLEngine client;
  private final SSLEngine server;
  private final ByteBuffer toServer;
  private final ByteBuffer toClient;
  private final ByteBuffer plain;

  private TrialHandshake(SSLEngine client, SSLEngine server) {
    this.client = client;
    this.server = server;
    int size = 4 * client.getSession().getPacketBufferSize();
    this.toServer = ByteBuffer.allocate(size);
    this.toClient = ByteBuffer.allocate(size);
    this.plain = ByteBuffer.allocate(size);
  }

  /**
   * Shakes hands.
   *
   * @param host the name that the certificate has to be for
   * @param at the time at which certificates are checked
   * @throws SSLException if one side refuses the other
   */
  static void run(TlsMaterial material, Trust trust, Optional<String> host, Instant at)
      throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        OwnKey.managers(material), new TrustManager[] {trust.manager(Optional.of(at))}, null);
    SSLEngine client =
        host.map(name -> context.createSSLEngine(name, 1)).orElseGet(context::createSSLEngine);
    client.setUseClientMode(true);
    if (host.isPresent()) {
      SSLParameters parameters = client.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      client.setSSLParameters(parameters);
    }
    SSLEngine server = context.createSSLEngine();
    server.setUseClientMode(false);
    server.setNeedClientAuth(
        material.isForClients() && !material.trust().anchors().isEmpty());
    new TrialHandshake(client, server).run();
  }

  private void run() throws SSLException {
    client.beginHandshake();
    server.beginHandshake();
    for (int step = 0; step < STEPS_MAX; step++) {
      send(client, toServer);
      receive(server, toServer);
      send(server, toClient);
      receive(client, toClient);
      if (isDone(client)
          && isDone(server)
          && toServer.position() == 0
          && toClient.position() == 0) {
        return;
      }
    }
    throw new SSLException("the handshake does not end");
  }

  private static void send(SSLEngine engine, ByteBuffer out) throws SSLException {
    runTasks(engine);
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      engine.wrap(ByteBuffer.allocate(0), out);
      runTasks(engine);
    }
  }

  private void receive(SSLEngine engine, ByteBuffer in) throws SSLException {
    in.flip();
    while (in.hasRemaining() && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
      engine.unwrap(in, plain.clear());
      runTasks(engine);
    }
    in.compact();
  }

  private static void runTasks(SSLEngine engine) {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  private static boolean isDone(SSLEngine engine) {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
  }
}
