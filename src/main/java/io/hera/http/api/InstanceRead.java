package io.hera.http.api;

import io.hera.http.Answer;
import io.hera.http.DrainedHeader;
import io.hera.http.Exchange;
import io.hera.http.RepeatedRead;
import io.hera.json.PrettyPrinter;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.store.Readiness;
import io.hera.store.Store;
import io.hera.store.page.Listing;
import io.hera.store.page.Selection;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;

/** A read of one instance, and what the client says that it knows. */
final class InstanceRead implements RepeatedRead {
  /** What a client of Eureka asks for that lacks the slash at the end. */
  private static final Key EUREKA_APPS = new Key("eureka", "apps");

  private static final CharSequence EXPIRES_IN = HttpHeaders.createOptimized("hera-expires-in");
  static final CharSequence RESTORED = HttpHeaders.createOptimized("hera-restored");
  private static final CharSequence ORIGIN = HttpHeaders.createOptimized("hera-origin");

  private final Exchange exchange;
  private final Store store;
  private final Readiness readiness;
  private final ChangeHeader changes;
  private final Key key;
  private final ReadTerms terms;
  /** What the last attempt found; empty if there is no such instance. */
  private Optional<InstanceView> last = Optional.empty();

  InstanceRead(Exchange exchange, Store store, Readiness readiness, ChangeHeader changes, Key key)
      throws ProblemException {
    this.exchange = exchange;
    this.store = store;
    this.readiness = readiness;
    this.changes = changes;
    this.key = key;
    this.terms = ReadTerms.of(exchange);
  }

  @Override
  public Exchange exchange() {
    return exchange;
  }

  @Override
  public Selection selection() {
    return new Selection.Instance(key);
  }

  @Override
  public String waitRoute() {
    return "/{service}/{id}?wait";
  }

  @Override
  public boolean hasAnswer() {
    return terms.knowAny();
  }

  @Override
  public boolean isCurrent() {
    return false;
  }

  @Override
  public Future<Answer> read() {
    long before = changes.last();
    return store.find(key).map(found -> new Answer.OfInstance(found, before));
  }

  @Override
  public boolean replyIfChanged(Answer answer) {
    last = ((Answer.OfInstance) answer).found();
    changes.put(exchange, answer.change());
    boolean unchanged = last.isPresent() && terms.know(etag(last.get()));
    if (!unchanged) {
      last.ifPresentOrElse(this::reply, () -> exchange.problem(absent()));
    }
    return !unchanged;
  }

  @Override
  public void replyUnchanged() {
    InstanceView view = last.orElseThrow();
    putHeaders(view);
    exchange.notModified(etag(view));
  }

  /** A node that shows only its snapshot cannot tell that an instance is absent (P7, P14). */
  private Problem absent() {
    if (!readiness.synchronised()) {
      return Problem.recovering();
    }
    return key.equals(EUREKA_APPS) ? Problem.noEurekaPath() : Problem.unknownInstance();
  }

  private void reply(InstanceView view) {
    putHeaders(view);
    byte[] document = view.document();
    exchange.json(
        etag(view), Buffer.buffer(terms.pretty() ? PrettyPrinter.print(document) : document));
  }

  /** Says in how many seconds an instance expires unless it is renewed. */
  static void addExpiry(Exchange exchange, InstanceView view) {
    exchange.addHeader(EXPIRES_IN, Seconds.text((view.expiresInMillis() + 999) / 1_000));
  }

  private void putHeaders(InstanceView view) {
    addExpiry(exchange, view);
    exchange.putHeader(ORIGIN, view.origin());
    view.drained().ifPresent(reason -> DrainedHeader.put(exchange, reason));
    if (view.restored()) {
      exchange.putHeader(RESTORED, "1");
    }
  }

  private static String etag(InstanceView view) {
    return Listing.etag(view.content());
  }
}
