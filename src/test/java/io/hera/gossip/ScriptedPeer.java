package io.hera.gossip;

import io.hera.json.Malformed;
import io.hera.registry.Checksum;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.wire.Address;
import io.hera.wire.DigestQuery;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * A real HTTP server on a port of its own that answers {@code /_deltas} as a test wants it to; questions that hang have a
 * script of their own, which at first leaves them hanging.
 */
final class ScriptedPeer {
  static final long NOW = 1_355_833_270_000L;

  final Queue<Digest> asked = new ConcurrentLinkedQueue<>();
  final Queue<Digest> hanging = new ConcurrentLinkedQueue<>();
  final Queue<String> waits = new ConcurrentLinkedQueue<>();
  final Queue<String> hosts = new ConcurrentLinkedQueue<>();
  final Queue<String> speakers = new ConcurrentLinkedQueue<>();
  final AtomicInteger checksumsWanted = new AtomicInteger();
  private final HttpServer server;
  private final String host;
  private volatile BiConsumer<HttpServerRequest, Digest> script;
  private volatile BiConsumer<HttpServerRequest, Digest> hangingScript = never();

  private ScriptedPeer(Vertx vertx, String host, BiConsumer<HttpServerRequest, Digest> script) {
    this.host = host;
    this.script = script;
    this.server = vertx.createHttpServer().requestHandler(this::handle);
  }

  static ScriptedPeer start(Vertx vertx, BiConsumer<HttpServerRequest, Digest> script) {
    return startAt(vertx, 0, script);
  }

  /** Starts a peer at an IP address and a port; 0 chooses a free one. */
  static ScriptedPeer startAt(
      Vertx vertx, Address at, BiConsumer<HttpServerRequest, Digest> script) {
    ScriptedPeer peer = new ScriptedPeer(vertx, at.host(), script);
    peer.server.listen(at.port(), at.host()).await();
    return peer;
  }

  /** Starts a peer at a port; 0 chooses a free one. */
  static ScriptedPeer startAt(Vertx vertx, int port, BiConsumer<HttpServerRequest, Digest> script) {
    return startAt(vertx, new Address("127.0.0.1", port), script);
  }

  Address address() {
    return new Address(host, server.actualPort());
  }

  void script(BiConsumer<HttpServerRequest, Digest> changed) {
    script = changed;
  }

  ScriptedPeer hangingScript(BiConsumer<HttpServerRequest, Digest> changed) {
    hangingScript = changed;
    return this;
  }

  void stop() {
    server.close().await();
  }

  private void handle(HttpServerRequest request) {
    Digest digest;
    try {
      digest = DigestQuery.decode(request.query(), 100);
    } catch (Malformed malformed) {
      request.response().setStatusCode(400).end(malformed.reason());
      return;
    }
    hosts.add(String.valueOf(request.getHeader("Host")));
    speakers.add(String.valueOf(request.getHeader("Hera-Node")));
    String wait = request.getParam("_wait");
    if (wait != null) {
      waits.add(wait);
      hanging.add(digest);
      hangingScript.accept(request, digest);
      return;
    }
    asked.add(digest);
    if (request.getParam("_checksums") != null) {
      checksumsWanted.incrementAndGet();
    }
    script.accept(request, digest);
  }

  // Scripts.

  /** Version 2, under a name, with what {@code entries} of their origin lies above the digest. */
  static BiConsumer<HttpServerRequest, Digest> v2(String name, String origin, Entry... entries) {
    return (request, digest) -> sendV2(request, answer(name, part(digest, origin, entries)));
  }

  static BiConsumer<HttpServerRequest, Digest> send(String contentType, byte[] body) {
    return (request, digest) ->
        request.response().putHeader("Content-Type", contentType).end(Buffer.buffer(body));
  }

  static BiConsumer<HttpServerRequest, Digest> never() {
    return (request, digest) -> {};
  }

  static void sendV2(HttpServerRequest request, V2Answer answer) {
    request
        .response()
        .putHeader("Content-Type", V2Codec.MEDIA_TYPE)
        .end(Buffer.buffer(V2Codec.encode(answer)));
  }

  static V2Answer answer(String name, OriginDelta... parts) {
    return new V2Answer(says(name), NOW, 300_000, new Delta(List.of(parts)));
  }

  /** A page that was cut: the peer has more. */
  static V2Answer page(String name, OriginDelta... parts) {
    Delta delta = new Delta(List.of(parts), true);
    return new V2Answer(says(name), NOW, 300_000, delta);
  }

  /** An answer with a checksum of the own origin, if that is asked for. */
  static V2Answer checked(HttpServerRequest request, String name, OriginDelta part, Checksum own) {
    boolean wanted = "1".equals(request.getParam("_checksums"));
    Map<String, Checksum> checksums = wanted ? Map.of(name, own) : Map.of();
    Delta delta = new Delta(List.of(part));
    return new V2Answer(says(name), NOW, 300_000, "", delta, Map.of(), checksums, Optional.empty());
  }

  /** What the node of this name says of itself. */
  static Handshake says(String name) {
    return Handshake.of(new NodeId(name, "life-of-" + name));
  }

  static OriginDelta part(Digest digest, String origin, Entry... entries) {
    long from = digest.horizons().getOrDefault(origin, Long.MAX_VALUE);
    List<Entry> above =
        Arrays.stream(entries).filter(entry -> entry.version() > from).toList();
    long to = above.isEmpty() ? from : above.get(above.size() - 1).version();
    return new OriginDelta(origin, from, to, false, above);
  }

  static Entry entry(String service, String id, long version) {
    return entry(service, id, version, "{\"v\":" + version + "}");
  }

  static Entry entry(String service, String id, long version, String document) {
    return new Registration(
        new Key(service, id), document.getBytes(StandardCharsets.UTF_8), version, 0, 300_000);
  }
}
