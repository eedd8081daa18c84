package io.hera.compat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hera.json.Malformed;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.testkit.Eventually;
import io.hera.testkit.RawServer;
import io.hera.wire.DeltasTarget;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import java.io.ByteArrayOutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The peer a of version 1.0: it records the first request of each kind, and gives each pull the next
 * answer of a queue.
 */
final class Peer implements AutoCloseable {
  /** Everything that this version says of itself. */
  static final Handshake HANDSHAKE = new Handshake(
      new NodeId("a", "life-of-a"), 1_355_833_258_675L, "prod-eu", Set.of("x", "y"), "7c1f");

  private static final InstantSource WALL = InstantSource.system();
  private static final Set<String> KINDS =
      Set.of("recovery", "first-pull", "pull", "pull-after-version-1", "hanging-pull");

  private final RawServer server;
  private final Recording recording;
  private final Set<String> recorded = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<Scripted> scripted = new LinkedBlockingQueue<>();
  private volatile boolean spokeVersion1;

  /** An answer that depends on the digest of the request. */
  interface Body {
    byte[] above(Digest digest);
  }

  /** The encoding of an answer to a pull. */
  enum Form {
    V1("application/json; charset=utf-8", ""),
    V2(V2Codec.MEDIA_TYPE, ""),
    V2_GZIP(V2Codec.MEDIA_TYPE, "Content-Encoding: gzip\r\n");

    private final String type;
    private final String headers;

    Form(String type, String headers) {
      this.type = type;
      this.headers = headers;
    }
  }

  private record Scripted(Form form, Body body) {}

  Peer(int port, Recording recording) {
    this.recording = recording;
    this.server = new RawServer(port, this::answer);
  }

  /** Gives the answer to a pull that comes, once. */
  void answerNext(Form form, Body body) {
    scripted.add(new Scripted(form, body));
  }

  /** Waits until a request of each kind is recorded. */
  void awaitRequests() {
    Eventually.holds(() -> recorded.containsAll(KINDS));
  }

  private Optional<byte[]> answer(String head) throws Malformed {
    String target = RawServer.target(head);
    DeltasTarget asked = DeltasTarget.decode(target.substring(target.indexOf('?') + 1));
    String kind = kind(asked);
    if (recorded.add(kind)) {
      recording.request(kind, head);
    }
    if (asked.waitMillis() > 0) {
      return Optional.empty();
    }
    Scripted next = scripted.poll();
    Scripted given = next == null ? new Scripted(Form.V2, digest -> nothing()) : next;
    spokeVersion1 = given.form == Form.V1;
    return Optional.of(response(given.form, given.body.above(asked.digest())));
  }

  private String kind(DeltasTarget asked) {
    if (asked.waitMillis() > 0) {
      return "hanging-pull";
    } else if (asked.digest().horizons().keySet().equals(Set.of("b"))) {
      return "recovery";
    } else if (spokeVersion1) {
      return "pull-after-version-1";
    }
    return asked.checksums() ? "first-pull" : "pull";
  }

  private static byte[] nothing() {
    return V2Codec.encode(answer(new Delta(List.of())));
  }

  static V2Answer answer(Delta delta) {
    return new V2Answer(
        HANDSHAKE,
        WALL.millis(),
        300_000,
        "0123456789abcdef",
        delta,
        Map.of("sr-old-1", 1_355_833_258_675L),
        Map.of(),
        Optional.empty());
  }

  private static byte[] response(Form form, byte[] body) {
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\nHera-Node: a\r\n%s\r\n"
            .formatted(form.type, body.length, form.headers);
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    response.writeBytes(head.getBytes(ISO_8859_1));
    response.writeBytes(body);
    return response.toByteArray();
  }

  @Override
  public void close() {
    server.close();
  }
}
