package io.hera.compat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.registry.Tombstone;
import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.wire.V1Codec;
import io.hera.wire.V2Codec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/** Gives version 1.0 answers as this version writes them, and records those that it has taken in. */
final class AcceptedAnswers {
  private static final InstantSource WALL = InstantSource.system();

  private final Recording recording;
  private final Peer peer;
  private final int port;

  AcceptedAnswers(Recording recording, Peer peer, int port) {
    this.recording = recording;
    this.peer = peer;
    this.port = port;
  }

  /**
   * Gives the answer to the first request of a node, which has lost its memory (P7); to be called
   * before the node starts.
   */
  AtomicReference<byte[]> giveRecovery() {
    return give("recovery", Peer.Form.V2, "b", false, text -> text);
  }

  /** Records the answer to that request, and answers to pulls, one after the other. */
  void record(AtomicReference<byte[]> recovery) {
    record("recovery", recovery);
    record("more", give("more", Peer.Form.V2, "a", false, text -> text));
    record(
        "unknown-members",
        give("unknown-members", Peer.Form.V2, "c", false, AcceptedAnswers::extended));
    record("reset", give("reset", Peer.Form.V2, "c", true, text -> text));
    record("gzip", give("gzip", Peer.Form.V2_GZIP, "a", false, text -> text));
    record("version-1", give("version-1", Peer.Form.V1, "a", false, text -> text));
  }

  /**
   * Gives an answer with a registration and a tombstone of an origin.
   *
   * @return the body, as soon as it was given
   */
  private AtomicReference<byte[]> give(
      String service, Peer.Form form, String origin, boolean reset, UnaryOperator<String> edit) {
    AtomicReference<byte[]> given = new AtomicReference<>();
    peer.answerNext(form, digest -> {
      Delta delta =
          new Delta(List.of(part(service, origin, reset, digest)), service.equals("more"));
      byte[] body = form == Peer.Form.V1
          ? V1Codec.encode(delta, List.of("a", "c"))
          : V2Codec.encode(Peer.answer(delta));
      byte[] edited = edit.apply(new String(body, UTF_8)).getBytes(UTF_8);
      given.set(edited);
      return form == Peer.Form.V2_GZIP ? gzip(edited) : edited;
    });
    return given;
  }

  private static OriginDelta part(String service, String origin, boolean reset, Digest digest) {
    long now = WALL.millis();
    byte[] document = "{\"host\": \"10.1.1.1\", \"load\": 1.10}".getBytes(UTF_8);
    List<Entry> entries = new ArrayList<>();
    entries.add(new Registration(new Key(service, "1"), document, now - 2, 1_000, 200_000));
    entries.add(new Registration(new Key(service, "2"), document, now - 1, 1_000, 200_000));
    entries.add(new Tombstone(new Key(service, "3"), now, 0));
    long asked = digest.horizons().getOrDefault(origin, 0L);
    return new OriginDelta(origin, reset ? 0 : asked, now, reset, entries);
  }

  /** Adds members at each level, and elements to entries, that no version knows. */
  private static String extended(String body) {
    return body.replaceFirst("\\{", "{\"later\":{\"deep\":[{\"a\":[null,true,-1.5e3]}]},")
        .replaceFirst("\"from\":", "\"later\":[{}],\"from\":")
        .replace(",200000]", ",200000,\"later\",{\"a\":1}]")
        .replace(",0]]", ",0,\"later\",{\"a\":1}]]");
  }

  private void record(String name, AtomicReference<byte[]> body) {
    Eventually.passes(() -> {
      String shown = Http.get(port, "/" + name);
      if (!shown.contains("\"2\":") || body.get() == null) {
        throw new AssertionError(name + ": version 1.0 shows " + shown);
      }
      recording.accepted(name, body.get(), shown.getBytes(UTF_8));
    });
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(body);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return compressed.toByteArray();
  }
}
