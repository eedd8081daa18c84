package io.hera.gossip;

import static io.hera.gossip.ScriptedPeer.NOW;
import static io.hera.gossip.ScriptedPeer.answer;
import static io.hera.gossip.ScriptedPeer.entry;
import static io.hera.gossip.ScriptedPeer.never;
import static io.hera.gossip.ScriptedPeer.part;
import static io.hera.gossip.ScriptedPeer.says;
import static io.hera.gossip.ScriptedPeer.send;
import static io.hera.gossip.ScriptedPeer.sendV2;
import static io.hera.gossip.ScriptedPeer.v2;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.wire.GossipLimits;
import io.hera.wire.Gzip;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that answer badly: each gets the failure it deserves, beside a good one that it must not delay. */
@Timeout(60)
class BadPeerTest extends GossipBed {
  @Test
  void garbageIsRefused() {
    badPeer(send("text/html", bytes("<html>no registry</html>")), "malformed answer: ");
  }

  @Test
  void halfAnAnswerIsRefusedAndNothingOfItApplied() {
    byte[] whole = V2Codec.encode(answer(
        "bad",
        part(
            new Digest(Map.of("bad", 0L)),
            "bad",
            entry("half", "1", NOW),
            entry("half", "2", NOW))));
    byte[] half = Arrays.copyOf(whole, whole.length - 20);
    badPeer(send(V2Codec.MEDIA_TYPE, half), "malformed answer: ");
    assertThat(has("half", "1")).isFalse();
    assertThat(stats().get("bad")).isZero();
  }

  @Test
  void anErrorStatusIsToldWithItsDetail() {
    badPeer(
        (request, digest) -> request
            .response()
            .setStatusCode(503)
            .putHeader("Content-Type", "application/problem+json; charset=utf-8")
            .end("{\"detail\":\"come\\nback later\"}"),
        "answered 503: come?back later");
  }

  @Test
  void anErrorStatusWithoutAProblemIsToldAsItIs() {
    badPeer(
        (request, digest) -> request
            .response()
            .setStatusCode(500)
            .putHeader("Content-Type", "application/problem+json")
            .end("[}"),
        "answered 500");
  }

  @Test
  void aRedirectIsNotFollowed() {
    ScriptedPeer target = peer(v2("bad", "bad", entry("elsewhere", "1", NOW)));
    badPeer(
        (request, digest) -> request
            .response()
            .setStatusCode(302)
            .putHeader("Location", "http://" + target.address() + "/_deltas?bad=0")
            .end(),
        "answered 302");
    assertThat(target.asked).isEmpty();
  }

  @Test
  void aPeerThatClosesTheConnectionFails() {
    badPeer((request, digest) -> request.connection().close(), "connection closed by the peer");
  }

  @Test
  void aPeerThatNeverAnswersTimesOut() {
    badPeer(SOON, never(), "timed out after 570 ms");
  }

  @Test
  void anAnswerThatDripsTimesOutAsAWholeAndIsCutOff() {
    AtomicInteger closed = new AtomicInteger();
    badPeer(
        SOON,
        (request, digest) -> {
          request.response().setChunked(true).putHeader("Content-Type", V2Codec.MEDIA_TYPE);
          long timer =
              vertx.setPeriodic(20, due -> request.response().write(" ").onFailure(gone -> {}));
          request.connection().closeHandler(gone -> {
            vertx.cancelTimer(timer);
            closed.incrementAndGet();
          });
        },
        "timed out after 570 ms");
    await(() -> closed.get() > 0);
  }

  @Test
  void aDeclaredLengthAboveTheCapIsRefusedAtTheCapAndCutOff() {
    AtomicInteger closed = new AtomicInteger();
    badPeer(
        (request, digest) -> {
          request.connection().closeHandler(gone -> closed.incrementAndGet());
          request
              .response()
              .putHeader("Content-Length", "" + 2 * GossipLimits.WIRE_BYTES_MAX)
              .write(Buffer.buffer(new byte[GossipLimits.WIRE_BYTES_MAX + 1]));
        },
        "answered more than 8388608 bytes");
    await(() -> closed.get() > 0);
  }

  @Test
  void aDeclaredLengthThatIsNoNumberFailsAndIsCutOff() {
    AtomicInteger closed = new AtomicInteger();
    badPeer(
        (request, digest) -> {
          request.connection().closeHandler(gone -> closed.incrementAndGet());
          request.response().putHeader("Content-Length", "many").write("{");
        },
        "many");
    await(() -> closed.get() > 0);
  }

  @Test
  void anEndlessAnswerIsCutOffAtTheCap() {
    AtomicInteger closed = new AtomicInteger();
    Buffer chunk = Buffer.buffer(" ".repeat(1 << 18));
    badPeer(
        (request, digest) -> {
          request.response().setChunked(true).putHeader("Content-Type", V2Codec.MEDIA_TYPE);
          request.connection().closeHandler(gone -> closed.incrementAndGet());
          writeOn(request, chunk, 0);
        },
        "answered more than 8388608 bytes");
    await(() -> closed.get() > 0);
  }

  @Test
  void aGzipBombIsRefused() {
    byte[] bomb = Gzip.deflate(new byte[GossipLimits.BODY_BYTES_MAX + 1]);
    assertThat(bomb.length).isLessThan(100_000);
    badPeer(
        (request, digest) -> request
            .response()
            .putHeader("Content-Type", V2Codec.MEDIA_TYPE)
            .putHeader("Content-Encoding", "gzip")
            .end(Buffer.buffer(bomb)),
        "malformed answer: ");
  }

  @Test
  void anUnknownEncodingIsRefused() {
    badPeer(
        (request, digest) ->
            request.response().putHeader("Content-Encoding", "br").end("x"),
        "answered in an encoding that was not asked for");
  }

  @Test
  void aPeerUnderAnotherNameIsRefusedAndNothingOfItMerged() {
    badPeer(
        v2("good", "bad", entry("stray", "1", NOW)),
        "is configured as bad but says that it is good");
    assertThat(has("stray", "1")).isFalse();
  }

  @Test
  void aPeerUnderTheOwnNameIsRefusedAndItsEntriesAreNotAdopted() {
    badPeer(
        (request, digest) -> sendV2(
            request,
            new V2Answer(
                Handshake.of(new NodeId("me", "another-life")),
                NOW,
                300_000,
                new Delta(List.of(part(digest, "me", entry("stray", "1", NOW)))))),
        "runs under the name of this node, me");
    assertThat(has("stray", "1")).isFalse();
  }

  @Test
  void theClockOfAPeerIsComparedWithOurs() {
    ScriptedPeer a = peer((request, digest) ->
        sendV2(request, new V2Answer(says("a"), NOW + 45_000, 300_000, new Delta(List.of()))));
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(() -> reportOf("a").clockSkewMillis().isPresent());
    // Our wall clock stands still here, so half of the round trip comes on top.
    assertThat(reportOf("a").clockSkewMillis().getAsLong()).isBetween(45_000L, 105_000L);
  }

  @Test
  void anAddressThatLeadsBackToThisNodeIsRefused() {
    badPeer(
        (request, digest) ->
            sendV2(request, new V2Answer(says("me"), NOW, 300_000, new Delta(List.of()))),
        "leads back to this node");
  }

  /** A bad peer gets the failure it deserves, while a good one beside it is pulled. */
  private void badPeer(BiConsumer<HttpServerRequest, Digest> script, String failure) {
    badPeer(NEVER, script, failure);
  }

  private void badPeer(
      long interval, BiConsumer<HttpServerRequest, Digest> script, String failure) {
    ScriptedPeer bad = peer(script);
    ScriptedPeer good = peer(v2("good", "good", entry("shop", "1", NOW)));
    start(interval, Math.min(interval, SOON), Map.of("bad", bad.address(), "good", good.address()));
    await(() -> has("shop", "1"));
    await(() -> reportOf("bad").failures() > 0);
    assertThat(reportOf("bad").lastError()).contains(failure);
    assertThat(reportOf("bad").lastSuccessAgeMillis()).isEmpty();
    assertThat(reportOf("good").failures()).isZero();
    await(readiness::ready);
  }

  /** Twice what the cap lets pass; then the answer stays open. */
  private void writeOn(HttpServerRequest request, Buffer chunk, int written) {
    if (written < 2 * GossipLimits.WIRE_BYTES_MAX) {
      request
          .response()
          .write(chunk)
          .onSuccess(gone -> writeOn(request, chunk, written + chunk.length()));
    }
  }
}
