package io.hera.http.inspect;

import io.hera.access.Permission.Ability;
import io.hera.http.Exchange;
import io.hera.json.JsonWriter;
import io.hera.wire.PeerReply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Replies with what each node of the cluster says, by name: this node asks its peers, because a browser may not reach them. A node that
 * cannot be asked is in the reply with the reason. One per HTTP verticle.
 *
 * <p>Where peers are and why one does not answer is for operators alone.
 */
public final class ClusterReply {
  /** Shorter answers are put together by the event loop. */
  private static final int INLINE_BYTES_MAX = 64 << 10;

  private final Vertx vertx;
  private final String self;
  private final InstantSource agreed;
  private final PeerQuestions peers;

  /**
   * Replies of the node of this name.
   *
   * @param agreed the time that the nodes agree on
   */
  public ClusterReply(Vertx vertx, String self, InstantSource agreed, PeerQuestions peers) {
    this.vertx = vertx;
    this.self = self;
    this.agreed = agreed;
    this.peers = peers;
  }

  /** Replies with the answers of all nodes to the same question; {@code own} is the answer of this node. */
  void reply(Exchange exchange, String target, Future<byte[]> own, AnswerForm form) {
    boolean operates = exchange.caller().grants().has(Ability.OPERATE);
    Future<Map<String, PeerReply>> asked = peers.ask(target);
    own.compose(mine -> asked.map(replies -> new Answers(mine, replies, form, operates)))
        .compose(this::encode)
        .onSuccess(exchange::json)
        .onFailure(exchange::fail);
  }

  private Future<Buffer> encode(Answers answers) {
    return answers.length() <= INLINE_BYTES_MAX
        ? Future.succeededFuture(json(answers))
        : vertx.executeBlocking(() -> json(answers), false);
  }

  private Buffer json(Answers answers) {
    JsonWriter out = new JsonWriter(answers.length());
    out.ascii("{\"asked\":").string(self).ascii(",\"now\":").number(agreed.millis());
    out.ascii(",\"nodes\":{").string(self).ascii(":{\"took_ms\":0,");
    answers.form.write(out, self, answers.own);
    out.raw('}');
    answers.replies.forEach((name, reply) -> {
      out.raw(',').string(name).ascii(":{");
      answers.write(out, name, reply);
      out.raw('}');
    });
    return Buffer.buffer(out.ascii("}}").toBytes());
  }

  /** What all nodes have answered, and how it is shown. */
  private record Answers(
      byte[] own, Map<String, PeerReply> replies, AnswerForm form, boolean operates) {
    private static final int FRAME_BYTES = 256;

    int length() {
      int length = own.length + FRAME_BYTES;
      for (PeerReply reply : replies.values()) {
        length += FRAME_BYTES;
        length += reply instanceof PeerReply.Answered answered ? answered.json().length : 0;
      }
      return length;
    }

    void write(JsonWriter out, String name, PeerReply reply) {
      if (operates) {
        out.ascii("\"address\":").string(reply.address()).raw(',');
      }
      if (reply instanceof PeerReply.Answered answered) {
        answered(out, name, answered);
      } else if (reply instanceof PeerReply.Failed failed) {
        out.ascii("\"error\":").string(operates ? failed.reason() : "does not answer");
        failed.sinceMillis().ifPresent(since -> out.ascii(",\"since_ms\":").number(since));
      } else {
        out.ascii("\"speaks\":\"v1\"");
      }
    }

    private void answered(JsonWriter out, String name, PeerReply.Answered answered) {
      JsonWriter members = new JsonWriter(answered.json().length);
      Optional<String> flaw = form.write(members, name, answered.json());
      if (flaw.isPresent()) {
        out.ascii("\"error\":").string(flaw.get());
      } else {
        out.ascii("\"took_ms\":").number(answered.tookMillis()).raw(',').raw(members.toBytes());
      }
    }
  }
}
