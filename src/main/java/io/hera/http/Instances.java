package io.hera.http;

import io.hera.json.Documents;
import io.hera.json.Malformed;
import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.hera.store.Write;
import io.hera.store.WriteBatcher;
import io.hera.store.page.PublishedListings;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/** The registry's own API: register, renew, deregister; {@link Lookups} reads. One method a request. One an HTTP verticle. */
final class Instances {
  private static final String READ = "GET, HEAD, OPTIONS";
  private static final String READ_AND_WRITE = "GET, HEAD, PUT, DELETE, OPTIONS";

  private final WriteBatcher writes;
  private final Lookups lookups;
  private final Answers answers;
  private final Bodies bodies;
  private final HttpSettings settings;

  Instances(
      WriteBatcher writes, Lookups lookups, Answers answers, Bodies bodies, HttpSettings settings) {
    this.writes = writes;
    this.lookups = lookups;
    this.answers = answers;
    this.bodies = bodies;
    this.settings = settings;
  }

  /** Serves a target in origin form that is not reserved. */
  void handle(HttpServerRequest request, String target) throws ProblemException {
    if (target.equals("*") && request.method().equals(HttpMethod.OPTIONS)) {
      answers.options(request, READ_AND_WRITE);
      return;
    }
    Paths.Target parsed = Paths.parse(target);
    if (parsed instanceof Paths.OneInstance instance) {
      instance(request, instance);
    } else if (parsed instanceof Paths.OneService service) {
      page(request, service.service(), service.query());
    } else {
      page(request, PublishedListings.ALL_SERVICES, parsed.query());
    }
  }

  private void instance(HttpServerRequest request, Paths.OneInstance target)
      throws ProblemException {
    switch (request.method().name()) {
      case "PUT" -> put(request, target);
      case "GET", "HEAD" -> lookups.instance(request, target.key(), target.query());
      case "DELETE" -> answerTo(request, writes.send(new Write.Remove(target.key())));
      case "OPTIONS" -> answers.options(request, READ_AND_WRITE);
      default -> answers.methodNotAllowed(request, READ_AND_WRITE);
    }
  }

  private void put(HttpServerRequest request, Paths.OneInstance target) throws ProblemException {
    long ttlMillis = target.query().ttlMillis();
    checkMedia(request);
    answerTo(request, bodies.read(request).compose(body -> write(target.key(), body, ttlMillis)));
  }

  private Future<Outcome> write(Key key, Buffer body, long ttlMillis) {
    if (body.length() == 0) {
      return writes.send(new Write.Renew(key, ttlMillis));
    }
    byte[] document = body.getBytes();
    try {
      Documents.check(document, settings.documentBytesMax(), settings.documentDepthMax());
    } catch (Malformed malformed) {
      return Future.failedFuture(new ProblemException(Problem.invalidDocument(malformed)));
    }
    return writes.send(new Write.Put(key, document, ttlMillis));
  }

  private void answerTo(HttpServerRequest request, Future<Outcome> written) {
    written.onComplete(
        outcome -> {
          if (outcome == Outcome.DONE) {
            answers.done(request);
          } else {
            answers.problem(request, Problem.of(outcome));
          }
        },
        failure -> answers.fail(request, failure));
  }

  private void page(HttpServerRequest request, String service, Query query)
      throws ProblemException {
    switch (request.method().name()) {
      case "GET", "HEAD" -> lookups.service(request, service, query);
      case "OPTIONS" -> answers.options(request, READ);
      default -> answers.methodNotAllowed(request, READ);
    }
  }

  /** The Content-Type says little: the seed's curl sends JSON as a form. What can be no JSON at all is told so. */
  private static void checkMedia(HttpServerRequest request) throws ProblemException {
    String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE);
    if (type != null && isForeign(type)) {
      throw new ProblemException(Problem.unsupportedMedia("the Content-Type is XML or multipart"));
    }
    String encoding = request.headers().get(HttpHeaderNames.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new ProblemException(Problem.unsupportedMedia("the body has a Content-Encoding"));
    }
  }

  private static boolean isForeign(String type) {
    int end = type.indexOf(';');
    String media = (end < 0 ? type : type.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    return media.startsWith("multipart/") || media.endsWith("/xml") || media.endsWith("+xml");
  }
}
