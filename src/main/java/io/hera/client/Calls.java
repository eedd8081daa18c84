package io.hera.client;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Sends requests to nodes, each with the token and within its time, and judges the answers. Owned by
 * the loop.
 */
final class Calls {
  final Loop loop;
  final Transport transport;
  final Tokens tokens;
  final Contacts contacts;
  final Outage outage;
  final RetryBudget budget;
  private long sent;

  Calls(Loop loop, Transport transport, Tokens tokens, Contacts contacts, Outage outage) {
    this.loop = loop;
    this.transport = transport;
    this.tokens = tokens;
    this.contacts = contacts;
    this.outage = outage;
    this.budget = new RetryBudget(loop.nanos());
  }

  /** Sends a request; the outcome comes later, on the loop, unless the call is cancelled. */
  Call send(Node node, Request request, Consumer<Outcome> then) {
    return begun(new Call(this, node, request, Call.Weight.COUNTS, then));
  }

  /** Sends a request that does not put its node aside if it fails. */
  Call ask(Node node, Request request, Consumer<Outcome> then) {
    return begun(new Call(this, node, request, Call.Weight.IS_A_QUESTION, then));
  }

  private Call begun(Call call) {
    tokens.whenKnown(call::begin);
    return call;
  }

  CompletableFuture<Answer> transmit(Node node, Request request) {
    sent++;
    budget.sent();
    Map<String, String> headers = new HashMap<>(request.headers());
    tokens.current().ifPresent(token -> headers.put("authorization", "Bearer " + token));
    try {
      return transport.send(
          new Ask(node.uri, request.method(), request.target(), headers, request.body()));
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  /** Returns how many requests have been sent. */
  long sent() {
    return sent;
  }
}
