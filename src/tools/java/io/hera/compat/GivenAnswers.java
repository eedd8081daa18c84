package io.hera.compat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hera.json.Malformed;
import io.hera.registry.OriginDelta;
import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.wire.GossipLimits;
import io.hera.wire.Gzip;
import io.hera.wire.V2Codec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Asks version 1.0 as its peer a does, and records its answers. */
final class GivenAnswers {
  private static final InstantSource WALL = InstantSource.system();
  private static final List<String> V2 = introduced(Peer.HANDSHAKE.header());
  private static final List<String> V1 = List.of("Connection: close");
  private static final String GZIP = "Accept-Encoding: gzip";

  private final Recording recording;
  private final int port;

  GivenAnswers(Recording recording, int port) {
    this.recording = recording;
    this.port = port;
  }

  /** Writes to the node, and asks it. */
  void record() {
    put("/orders/1", "{\"host\": \"10.1.1.1\", \"port\": 1.10}");
    put("/orders/i%22d?ttl=100", " {\"n\":1.10, \"s\":\"\\u00e9\"}\n");
    deregister("/orders/gone");
    put("/brief/1?ttl=1", "{}");
    Eventually.passes(() -> require(Http.get(port, "/brief").equals("{}"), "it expires"));
    record("v1-own-origin", "/_deltas?b=0", V1);
    record("v1-all-origins", "/_deltas?a=0&b=0&c=0&stranger=0", V1);
    record("v2-own-origin", "/_deltas?b=0", V2);
    record("v2-all-origins", "/_deltas?a=0&b=0&c=0&stranger=0", V2);
    record("v2-gzip", "/_deltas?a=0&b=0&c=0", with(V2, GZIP));
    record("v2-checksums", "/_deltas?a=0&b=0&c=0&_checksums=1", V2);
    record("v2-recovery", "/_deltas?a=0", V2);
    record("v2-nothing", "/_deltas?b=" + horizon(), V2);
    recordParameters();
    recordHangingPulls();
    recordRefusals();
    record("v2-reset", "/_deltas?b=" + (WALL.millis() + 10_000), V2);
  }

  /** Parameters of later versions, of the query and of the header. */
  private void recordParameters() {
    record(
        "v2-unknown-parameters",
        "/_deltas?b=0&_later=1&_cut",
        introduced(Peer.HANDSHAKE.header() + ";later=1;cut"));
    record(
        "conflict-unknown-parameters",
        "/_deltas?b=0",
        introduced("b;since=1355833258675;life=another;cluster=prod-eu"));
  }

  private static List<String> introduced(String node) {
    return List.of("Accept: " + V2Codec.MEDIA_TYPE, "Hera-Node: " + node, "Connection: close");
  }

  private void recordHangingPulls() {
    record("v2-hanging-nothing", "/_deltas?b=" + horizon() + "&_wait=100", V2);
    String target = "/_deltas?b=" + horizon() + "&_wait=20000";
    CompletableFuture<Void> answered =
        CompletableFuture.runAsync(() -> record("v2-hanging-write", target, V2));
    while (!answered.isDone()) {
      put("/orders/2", "{\"n\":2}");
    }
    answered.join();
  }

  private void recordRefusals() {
    record("conflict", "/_deltas?b=0", introduced("b;life=another"));
    record("invalid-query", "/_deltas?b=x", V2);
  }

  /**
   * Writes more than one page, and asks for all of them. They are compressed: documents of one
   * letter keep them small.
   */
  void recordPages() {
    String document = "{\"x\":\"" + "y".repeat(30_000) + "\"}";
    for (int i = 0; i < 40; i++) {
      put("/pages/" + i, document);
    }
    long from = 0;
    long last = 0;
    for (int page = 1; page == 1 || from > last; page++) {
      last = from;
      byte[] answer = record("v2-page-" + page, "/_deltas?b=" + from, with(V2, GZIP));
      from = part(answer).map(OriginDelta::to).orElse(from);
    }
  }

  private static List<String> with(List<String> headers, String further) {
    return Stream.concat(headers.stream(), Stream.of(further)).toList();
  }

  /** Returns the end of the entries of the node. */
  private long horizon() {
    return part(exchange(request("/_deltas?b=0", V2))).orElseThrow().to();
  }

  /** Returns the first part of an answer of version 2. */
  private static Optional<OriginDelta> part(byte[] answer) {
    byte[] body = body(answer);
    try {
      byte[] plain = body[0] == '{' ? body : Gzip.inflate(body, GossipLimits.BODY_BYTES_MAX);
      return V2Codec.decode(plain, 10_000).answer().delta().origins().stream().findFirst();
    } catch (Malformed flaw) {
      throw new IllegalStateException(flaw);
    }
  }

  private byte[] record(String name, String target, List<String> headers) {
    byte[] request = request(target, headers);
    byte[] answer = exchange(request);
    recording.answer(name, request, answer);
    return answer;
  }

  private static byte[] request(String target, List<String> headers) {
    return ("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + String.join("\r\n", headers)
            + "\r\n\r\n")
        .getBytes(ISO_8859_1);
  }

  /** Returns everything that comes back until the connection ends. */
  private byte[] exchange(byte[] request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request);
      return socket.getInputStream().readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static byte[] body(byte[] answer) {
    int end = new String(answer, ISO_8859_1).indexOf("\r\n\r\n");
    return Arrays.copyOfRange(answer, end + 4, answer.length);
  }

  private void put(String target, String document) {
    require(Http.put(port, target, document) == 204, target);
  }

  private void deregister(String target) {
    require(Http.send("DELETE", port, target, "").statusCode() == 204, target);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
