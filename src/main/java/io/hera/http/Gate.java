package io.hera.http;

import io.hera.access.AccessRules;
import io.hera.access.Authenticator;
import io.hera.access.Authenticator.Flaw;
import io.hera.access.Authenticator.Invalid;
import io.hera.access.Authenticator.Known;
import io.hera.access.Caller;
import io.hera.access.CertificateName;
import io.hera.access.KnownSender;
import io.hera.access.Need;
import io.hera.access.Permission.Ability;
import io.hera.access.Proof;
import io.hera.access.Token;
import io.hera.access.TokenHash;
import io.hera.wire.NodeId;
import io.hera.wire.Percent;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Refuses the requests that the rules of {@link AccessControl} do not allow, before their bodies are read and before anything is looked
 * up. One per HTTP verticle, used on its context only.
 *
 * <p>The right that a request needs hangs on its endpoint and on the names in its parsed target, never on the text of its path: two
 * parsers would read some texts in two ways. Whether an instance or a service exists does not matter: a refusal says nothing about it.
 */
final class Gate {
  private static final String REALM = "Bearer realm=\"hera\"";
  private static final CharSequence NO_TOKEN = HttpHeaders.createOptimized(REALM);
  private static final CharSequence BAD_TOKEN =
      HttpHeaders.createOptimized(REALM + ", error=\"invalid_token\"");
  private static final CharSequence NOT_ENOUGH =
      HttpHeaders.createOptimized(REALM + ", error=\"insufficient_scope\"");

  private final AccessControl access;
  private final Authenticator authenticator = new Authenticator();
  private final LongAdder allowed;
  private final LongAdder unauthenticated;
  private final LongAdder forbidden;
  /** The tokens used since the last sweep. */
  private final Set<TokenHash> used = new HashSet<>();

  Gate(AccessControl access) {
    this.access = access;
    this.allowed = access.judged("allowed");
    this.unauthenticated = access.judged("unauthenticated");
    this.forbidden = access.judged("forbidden");
  }

  /** Returns whether access is limited. */
  boolean isOn() {
    return access.rules() != null;
  }

  /**
   * Returns the sender of a request on a connection.
   *
   * @param certificate the names in the valid certificate of the client
   */
  Authenticator.Result sender(
      KnownSender last, HttpServerRequest request, List<CertificateName> certificate) {
    AccessRules rules = access.rules();
    return rules == null
        ? ReceivedRequest.UNRESTRICTED
        : last.of(
            authenticator,
            rules,
            request.headers().get(HttpHeaderNames.AUTHORIZATION),
            certificate);
  }

  /** Refuses a head that has two proofs, or has its proof where it may be logged. */
  void checkHead(Exchange exchange) throws ProblemException {
    if (!exchange.isLimited()) {
      return;
    }
    if (exchange.headers(HttpHeaderNames.AUTHORIZATION).size() > 1) {
      throw new ProblemException(
          Problem.invalidRequest("a request can have one Authorization header only"));
    }
    if (Token.isIn(exchange.request().uri())) {
      audit(exchange, "token-in-url", "", "", Problem.tokenInUrl());
      throw new ProblemException(Problem.tokenInUrl());
    }
  }

  /** Refuses a request whose sender may not do what {@code right} stands for. */
  void check(Exchange exchange, Right right) throws ProblemException {
    if (!exchange.isLimited()) {
      return;
    }
    Need need = right.need(exchange.target());
    exchange.needs(need);
    if (need != Need.General.NOTHING) {
      check(exchange, need);
    }
  }

  private void check(Exchange exchange, Need need) throws ProblemException {
    Optional<String> other = Optional.empty();
    if (exchange.proven() instanceof Known known) {
      note(known.caller());
      other = otherNode(exchange, known.caller());
      if (need.isMet(known.caller()) && other.isEmpty()) {
        allowed.increment();
        return;
      }
    }
    Problem problem = other
        .map(name -> Problem.forbidden("peer " + Percent.encode(name)))
        .orElseGet(() -> refusal(exchange, need));
    count(exchange, problem);
    if (exchange.header(HttpHeaderNames.EXPECT).isPresent()) {
      // The client may send the body or not, so the next request cannot be distinguished from it.
      BodyHead.closeSoon(exchange.request());
    }
    throw new ProblemException(problem);
  }

  /** Returns the node in whose name a request comes, if its sender has proven to be another one. */
  private static Optional<String> otherNode(Exchange exchange, Caller caller) {
    return caller.proof() instanceof Proof.ByNode proven
        ? exchange
            .header(NodeId.HEADER)
            .flatMap(NodeId::parse)
            .map(NodeId::name)
            .filter(name -> !proven.mayBe(name))
        : Optional.empty();
  }

  /**
   * Ends a read that waits or streams, if its sender could not send it any more, or would get another reply. Writes under way are
   * completed: they were allowed when they came.
   */
  void checkAgain(Exchange exchange, List<CertificateName> certificate) {
    Need need = exchange.needed();
    if (exchange.ended() || need == Need.General.NOTHING || !isRead(exchange.method())) {
      return;
    }
    Caller before = exchange.caller();
    exchange.proven(sender(new KnownSender(), exchange.request(), certificate));
    if (!(exchange.proven() instanceof Known known && need.isMet(known.caller()))) {
      exchange.revoke(Optional.of(refusal(exchange, need)));
    } else if (!seesTheSame(need, before, known.caller())) {
      exchange.revoke(Optional.empty());
    }
  }

  /** Notes the tokens that were used since the last call, and has old refusals logged; {@code nowMillis} is monotonic. */
  void sweep(long nowMillis) {
    access.audit().sweep();
    access.used(used, nowMillis);
    used.clear();
  }

  private static boolean seesTheSame(Need need, Caller before, Caller now) {
    return switch (need instanceof Need.General general ? general : Need.General.ANYONE) {
      case READ_SOME -> before.grants().reads().equals(now.grants().reads());
      case SEE_ENTRIES -> before.grants().has(Ability.PEER) == now.grants().has(Ability.PEER);
      default -> true;
    };
  }

  private static boolean isRead(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  private void note(Caller caller) {
    if (caller.proof() instanceof Proof.ByToken token) {
      used.add(token.hash());
    }
  }

  /** Returns why the sender is refused, and says in the reply how it can prove who it is. */
  private static Problem refusal(Exchange exchange, Need need) {
    if (exchange.proven() instanceof Invalid invalid) {
      challenge(exchange, BAD_TOKEN);
      return Problem.unauthenticated(
          invalid.flaw() == Flaw.DAMAGED
              ? "the token is damaged: its checksum does not fit"
              : "the token is not valid at this node");
    }
    if (exchange.caller().isAnonymous()) {
      challenge(exchange, NO_TOKEN);
      return Problem.unauthenticated("there is no token");
    }
    challenge(exchange, NOT_ENOUGH);
    Need lacking = need.lacking(exchange.caller());
    String service = lacking.service().map(name -> " " + Percent.encode(name)).orElse("");
    return Problem.forbidden(lacking.verb() + service);
  }

  private static void challenge(Exchange exchange, CharSequence challenge) {
    exchange.putHeader(HttpHeaderNames.WWW_AUTHENTICATE, challenge);
  }

  private void count(Exchange exchange, Problem problem) {
    if (exchange.proven() instanceof Invalid invalid) {
      unauthenticated.increment();
      String token = invalid.hash().map(TokenHash::toString).orElse("");
      audit(exchange, invalid.flaw() == Flaw.DAMAGED ? "damaged" : "unknown", "", token, problem);
    } else if (exchange.caller().isAnonymous()) {
      unauthenticated.increment();
      audit(exchange, "anonymous", "", "", problem);
    } else {
      forbidden.increment();
      String token =
          exchange.caller().proof() instanceof Proof.ByToken by ? by.hash().toString() : "";
      audit(exchange, "scope", exchange.caller().identity().name(), token, problem);
    }
  }

  private void audit(
      Exchange exchange, String reason, String identity, String token, Problem problem) {
    AuditLog.Source source = new AuditLog.Source(reason, identity, token, exchange.remoteAddress());
    access
        .audit()
        .refused(new AuditLog.Refusal(
            source,
            problem.type().status(),
            exchange.tlsVersion(),
            AuditLog.printable(exchange.method().name()),
            AuditLog.path(exchange.target())));
  }
}
