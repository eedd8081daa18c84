package io.hera.http.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hera.http.Answer;
import io.hera.http.Endpoint;
import io.hera.http.EntityTags;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Query;
import io.hera.http.RepeatedRead;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.http.Watching;
import io.hera.store.LeftOut;
import io.hera.store.ReadSide;
import io.hera.store.Store;
import io.hera.store.page.Listing;
import io.hera.store.page.Selection;
import io.hera.store.page.Subject;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /_sd/lines?service=orders&line=…}: one line of text for each instance of a service that balancers may use. The reply has
 * an entity tag, and a client may wait for another one, as for {@code /<service>}. One per HTTP verticle.
 */
public final class ServiceLines implements Endpoint {
  private static final String PATH = "/_sd/lines";
  private static final String LINE = "line";
  private static final String ELSE = "else";
  private static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; charset=utf-8");

  private final Store store;
  private final ReadSide readSide;
  private final Watching watching;
  private final LineTexts texts;

  /** Serves what the store has; {@code watching} wakes those that wait. */
  public ServiceLines(
      Vertx vertx, Store store, ReadSide readSide, Watching watching, LeftOut leftOut) {
    this.store = store;
    this.readSide = readSide;
    this.watching = watching;
    this.texts = new LineTexts(vertx, leftOut);
  }

  @Override
  public Route route() {
    return Route.read(
        PATH,
        Parameters.of(Query.SERVICE, LINE, ELSE, Query.MATCH, Query.WAIT, Query.QUIET),
        Right.READ_NAMED);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    watching.read(new LinesRead(exchange));
  }

  /** A read of the lines, and what the client says that it knows. */
  private final class LinesRead implements RepeatedRead {
    private final Exchange exchange;
    private final Selection.OfService selection;
    private final LineTexts.Wanted wanted;
    /** What the tag stands for besides the content. */
    private final String terms;

    private final List<String> knownTags;
    private String etag = "";

    LinesRead(Exchange exchange) throws ProblemException {
      this.exchange = exchange;
      Query query = exchange.query();
      Subject.Service service = Subject.of(given(query, Query.SERVICE));
      String line = given(query, LINE);
      Optional<String> orElse = query.text(ELSE);
      if (orElse.isPresent() && orElse.get().length() > LineTemplate.LENGTH_MAX) {
        throw new ProblemException(
            Problem.invalidQuery("else: longer than " + LineTemplate.LENGTH_MAX + " characters"));
      }
      this.selection = new Selection.OfService(service, query.filter());
      this.wanted = new LineTexts.Wanted(LineTemplate.parse(line), orElse);
      this.terms = line + '\0' + orElse.map(text -> '\0' + text).orElse("");
      this.knownTags = exchange.headers(HttpHeaderNames.IF_NONE_MATCH);
    }

    private static String given(Query query, String name) throws ProblemException {
      Optional<String> text = query.text(name).filter(given -> !given.isEmpty());
      if (text.isEmpty()) {
        throw new ProblemException(Problem.invalidQuery(name + ": " + PATH + " needs it"));
      }
      return text.get();
    }

    @Override
    public Exchange exchange() {
      return exchange;
    }

    @Override
    public Selection selection() {
      return selection;
    }

    @Override
    public String waitRoute() {
      return PATH + "?wait";
    }

    @Override
    public boolean hasAnswer() {
      return !knownTags.isEmpty();
    }

    @Override
    public boolean isCurrent() {
      String published =
          selection.filter().isEmpty() ? readSide.listings().etag(selection.subject()) : null;
      return published != null && knows(published);
    }

    @Override
    public Future<Answer> read() {
      long before = readSide.changes().last();
      return store.matching(selection).map(made -> new Answer.OfListing(made, before));
    }

    @Override
    public boolean replyIfChanged(Answer answer) {
      Listing listing = ((Answer.OfListing) answer).listing();
      if (knows(listing.etag())) {
        return false;
      }
      String tag = etag;
      texts
          .of(listing, wanted)
          .onSuccess(text -> exchange.putHeader(HttpHeaderNames.ETAG, tag).body(TEXT, text))
          .onFailure(exchange::fail);
      return true;
    }

    @Override
    public void replyUnchanged() {
      exchange.notModified(etag);
    }

    /** Notes the tag of the lines of a listing; returns whether the client knows it. */
    private boolean knows(String listingTag) {
      etag = TaggedText.tag((listingTag + terms).getBytes(UTF_8));
      return EntityTags.has(knownTags, etag);
    }
  }
}
