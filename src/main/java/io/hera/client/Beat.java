package io.hera.client;

import io.hera.client.Outcome.Answered;
import io.hera.client.Outcome.Away;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One heartbeat for all instances that are due: request after request at one node, and at the next one
 * if that does not serve. Owned by the loop.
 */
final class Beat {
  /**
   * A node has accepted an instance.
   *
   * @param form how it was sent
   */
  record Acceptance(Node node, BeatRequest.Form form, Answer answer) {}

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int PARTS = 4;

  private final Beats beats;
  private final Outage.Pass pass;
  private final Set<OwnInstance> left;
  private final Map<OwnInstance, HeraProblem> full = new LinkedHashMap<>();
  private final Set<Node> tried = new HashSet<>();
  private final Duration patience;
  private Optional<BeatRequest> sent = Optional.empty();
  private Optional<Call> call = Optional.empty();

  Beat(Beats beats, Outage.Pass pass, Collection<OwnInstance> due) {
    this.beats = beats;
    this.pass = pass;
    this.left = new LinkedHashSet<>(due);
    Duration shortest = due.stream()
        .map(OwnInstance::period)
        .min(Duration::compareTo)
        .orElse(PATIENCE)
        .dividedBy(PARTS);
    patience = shortest.compareTo(PATIENCE) < 0 ? shortest : PATIENCE;
  }

  void begin() {
    nextNode().ifPresentOrElse(this::at, () -> missed(beats.unreachable()));
  }

  /** Returns whether a request for this instance is on its way. */
  boolean isSending(OwnInstance instance) {
    return sent.isPresent() && sent.get().instances().contains(instance);
  }

  /** Does not wait for the present request any longer; it may come into effect still. */
  void giveUpRequest() {
    if (call.isPresent() && sent.isPresent()) {
      Node node = call.get().node();
      BeatRequest request = sent.get();
      call.get().cancel();
      request.instances().forEach(one -> one.unanswered(node));
      elsewhere(HeraProblem.unanswered(node + ": the request was ended"));
    }
  }

  private Optional<Node> nextNode() {
    return pass.isProbe()
        ? beats.nodes().longestAsideBut(tried)
        : beats.nodes().usableBut(tried, beats.now());
  }

  private void at(Node node) {
    tried.add(node);
    step(node);
  }

  private void step(Node node) {
    left.removeIf(one -> !one.isActive());
    if (left.isEmpty()) {
      retryFull();
      return;
    }
    BeatRequest request = BeatRequest.next(node.kind(), left, patience);
    sent = Optional.of(request);
    call = Optional.of(
        beats.calls().send(node, request.request(), outcome -> ended(node, request, outcome)));
  }

  private void ended(Node node, BeatRequest request, Outcome outcome) {
    call = Optional.empty();
    if (outcome instanceof Away away) {
      if (away.unanswered()) {
        request.instances().forEach(one -> one.unanswered(node));
      }
      elsewhere(away.problem());
    } else if (outcome instanceof Answered answered) {
      read(node, request, answered.answer());
    }
  }

  private void read(Node node, BeatRequest request, Answer answer) {
    BeatReply reply = BeatReply.read(request, answer);
    if (reply instanceof BeatReply.Results results) {
      for (OwnInstance one : request.instances()) {
        take(one, results.of(one));
        if (results.of(one) instanceof BeatReply.Result.Accepted) {
          beats.accepted(one, new Acceptance(node, request.form(), answer));
        }
      }
      released();
      step(node);
    } else if (reply instanceof BeatReply.NotHera notHera) {
      beats.calls().contacts.notHera(node, notHera.why());
      elsewhere(HeraProblem.unanswered(node + ": " + notHera.why()));
    }
  }

  private void take(OwnInstance one, BeatReply.Result result) {
    if (result instanceof BeatReply.Result.Unknown) {
      one.unknown();
      return;
    }
    left.remove(one);
    if (result instanceof BeatReply.Result.Refused refused) {
      if (refused.problem().status() == 507) {
        full.put(one, refused.problem());
      } else {
        beats.refused(one, refused.problem());
      }
    }
  }

  private void elsewhere(HeraProblem problem) {
    released();
    left.removeIf(one -> !one.isActive());
    Optional<Node> next = mayTryAnother() ? nextNode() : Optional.empty();
    if (left.isEmpty() || next.isEmpty()) {
      missed(problem);
    } else {
      at(next.get());
    }
  }

  private boolean mayTryAnother() {
    return tried.size() < pass.nodesMax && beats.calls().budget.take(beats.now());
  }

  /** Another node may have room: each is asked once. */
  private void retryFull() {
    Optional<Node> next =
        !full.isEmpty() && tried.size() < pass.nodesMax ? nextNode() : Optional.empty();
    if (next.isEmpty()) {
      end();
    } else {
      left.addAll(full.keySet());
      full.clear();
      at(next.get());
    }
  }

  private void missed(HeraProblem problem) {
    left.forEach(one -> beats.missed(one, problem));
    end();
  }

  private void end() {
    released();
    full.forEach(beats::refused);
    beats.ended();
  }

  /** No request is on its way. */
  private void released() {
    Optional<BeatRequest> before = sent;
    sent = Optional.empty();
    call = Optional.empty();
    before.ifPresent(request -> request.instances().forEach(beats::released));
  }
}
