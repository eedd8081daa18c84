package io.hera.client;

import io.hera.client.Outcome.Answered;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/**
 * Notices that a node has another document for an instance than this client sent: nodes say the tag of
 * the document when they accept a heartbeat. A document with the status {@code drain} is obeyed: it
 * becomes that of the client. Any other one means that two processes use one id; the client says so, and
 * does not fight. Owned by the loop.
 */
final class Ownership {
  private static final Logger LOG = System.getLogger("io.hera.client");
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Calls calls;

  Ownership(Calls calls) {
    this.calls = calls;
  }

  /** A node has accepted an instance; its answer may say the ttl and the tag. */
  void accepted(OwnInstance instance, Beat.Acceptance how) {
    expiresIn(how.answer()).ifPresent(instance::livesFor);
    Optional<String> tag = how.answer().header("etag");
    if (how.form() == BeatRequest.Form.DOCUMENT || how.form() == BeatRequest.Form.BATCH) {
      instance.setTag(tag);
    } else if (tag.isPresent() && instance.tag().isPresent() && !tag.equals(instance.tag())) {
      instance.setTag(tag);
      reread(instance, how.node());
    }
  }

  private void reread(OwnInstance instance, Node node) {
    Request request = Request.get(BeatRequest.target(instance), PATIENCE);
    calls.send(node, request, outcome -> {
      if (outcome instanceof Answered answered && answered.answer().status() == 200) {
        document(answered.answer()).ifPresent(theirs -> overwritten(instance, theirs));
      }
    });
  }

  private void overwritten(OwnInstance instance, Document theirs) {
    if (Status.of(theirs) == Status.DRAIN) {
      LOG.log(Level.INFO, "{0} is to be drained, as its document says", instance);
      instance.adopt(theirs);
    } else {
      LOG.log(
          Level.ERROR,
          "{0} was overwritten: another process registers the same service and id",
          instance);
    }
    instance.overwritten(theirs);
  }

  private static Optional<Document> document(Answer answer) {
    try {
      return Optional.of(Document.of(answer.body()));
    } catch (IllegalArgumentException flaw) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> expiresIn(Answer answer) {
    try {
      return answer
          .header("hera-expires-in")
          .map(seconds -> Duration.ofSeconds(Math.max(1, Long.parseLong(seconds))));
    } catch (NumberFormatException flaw) {
      return Optional.empty();
    }
  }
}
