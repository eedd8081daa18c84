package io.hera.gossip;

import static io.hera.gossip.ScriptedPeer.NOW;
import static io.hera.gossip.ScriptedPeer.answer;
import static io.hera.gossip.ScriptedPeer.entry;
import static io.hera.gossip.ScriptedPeer.never;
import static io.hera.gossip.ScriptedPeer.v2;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Digest;
import io.hera.wire.PeerStatus;
import io.hera.wire.V2Codec;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a starting node does when no byte comes from a peer (P7). */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class MutePeerTest extends GossipBed {
  @Test
  void aRequestThatGetsNoByteIsRepeatedBeforeTheNodeIsReady() {
    ScriptedPeer mute = peer(never());
    start(20, 6_000, Map.of("mute", mute.address()));
    await(() -> !reportOf("mute").lastError().isEmpty());
    assertThat(reportOf("mute").lastError()).isEqualTo("sent no byte for 2000 ms");
    PeerStatus.Exchanges exchanges = reportOf("mute").exchanges().orElseThrow();
    assertThat(exchanges.lastFailureAgeMillis()).isPresent();
    assertThat(exchanges.roundTripMillis()).isEmpty();
    mute.script(v2("mute", "me", entry("mine", "1", NOW)));
    await(readiness::ready);
    assertThat(has("mine", "1")).isTrue();
  }

  @Test
  void anAnswerThatComesInPiecesIsAwaited() {
    ScriptedPeer slow = peer((request, digest) -> {
      Buffer body = Buffer.buffer(V2Codec.encode(answer("slow")));
      HttpServerResponse response =
          request.response().putHeader("Content-Type", V2Codec.MEDIA_TYPE).setChunked(true);
      response.write(body.slice(0, 5));
      vertx.setTimer(1_200, first -> response.write(body.slice(5, 9)));
      vertx.setTimer(2_400, second -> response.end(body.slice(9, body.length())));
    });
    start(NEVER, NEVER, Map.of("slow", slow.address()));
    await(readiness::recovered);
    assertThat(slow.asked.peek()).isEqualTo(Digest.of("me", 0));
    assertThat(slow.asked.stream().filter(Digest.of("me", 0)::equals)).hasSize(1);
  }
}
