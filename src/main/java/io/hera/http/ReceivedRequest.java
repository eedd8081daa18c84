package io.hera.http;

import io.hera.access.Authenticator;
import io.hera.access.Caller;
import io.hera.access.Need;
import io.hera.store.history.Author;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** The request of an exchange: what it is for, and what the client says with it. */
public abstract sealed class ReceivedRequest permits Exchange {
  /** The sender of every request that no rules limit. */
  static final Authenticator.Result UNRESTRICTED = new Authenticator.Known(Caller.UNRESTRICTED);

  private final HttpServerRequest request;
  private final Sender sender;
  private final Target target;
  private Authenticator.Result proven = UNRESTRICTED;
  private boolean limited;
  private Need needed = Need.General.NOTHING;

  ReceivedRequest(HttpServerRequest request, Sender sender, Target target) {
    this.request = request;
    this.sender = sender;
    this.target = target;
  }

  /** Returns what the request is for. */
  public Target target() {
    return target;
  }

  /** Returns the target's query. */
  public Query query() {
    return target.query();
  }

  public HttpMethod method() {
    return request.method();
  }

  /** Returns whether it reads a service, an instance or the list of services. */
  boolean isLookup() {
    HttpMethod method = method();
    return (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))
        && (target instanceof Target.OneService
            || target instanceof Target.OneInstance
            || target instanceof Target.AllServices);
  }

  /** Returns the first header of this name; empty if there is none. */
  public Optional<String> header(CharSequence name) {
    return Optional.ofNullable(request.headers().get(name));
  }

  /** Returns all headers of this name. */
  public List<String> headers(CharSequence name) {
    MultiMap headers = request.headers();
    return headers.contains(name) ? headers.getAll(name) : List.of();
  }

  /** Returns whether a header that lists alternatives has {@code wanted} among them, and not at weight 0. */
  public boolean accepts(CharSequence header, String wanted) {
    String first = request.headers().get(header);
    return first != null
        && (first.equals(wanted) || Alternatives.firstWeight(headers(header), wanted) > 0);
  }

  /** Returns whether the client asks for a stream of events, at no lower weight than for JSON. */
  public boolean wantsEvents() {
    return prefersToJson(ReplyHeaders.EVENTS.toString());
  }

  /** Returns whether the client names this media type, at no lower weight than it gives to JSON. */
  public boolean prefersToJson(String mediaType) {
    return Alternatives.prefersToJson(request.headers(), mediaType);
  }

  /** Returns whether a browser asks for a page to show, as opposed to a program that takes anything, or JSON. */
  public boolean wantsPage() {
    return Alternatives.wantsPage(request.headers());
  }

  /** Returns whether the client takes gzip, at no lower weight than it gives to plain bytes. */
  public boolean acceptsGzip() {
    return Alternatives.acceptsGzip(request.headers());
  }

  /** Returns whether the request came over TLS. */
  public boolean isEncrypted() {
    return request.isSSL();
  }

  /** Returns the version of TLS that the request came over, such as {@code 1.3}; {@code none} without TLS. */
  String tlsVersion() {
    SSLSession session = request.connection().sslSession();
    return session == null ? "none" : session.getProtocol().replace("TLSv", "");
  }

  /** Returns the IP address that the request came from. */
  public String remoteAddress() {
    return request.remoteAddress().hostAddress();
  }

  /** Returns who has sent the request, once it is allowed. */
  public Caller caller() {
    return proven instanceof Authenticator.Known known ? known.caller() : Caller.INVALID;
  }

  /** Returns the client, for the history of what it changes. */
  public Author author() {
    return new RequestAuthor(request.remoteAddress(), caller());
  }

  /** Returns whether rules limit what the sender may do. */
  boolean isLimited() {
    return limited;
  }

  /** Returns what the header Authorization proves. */
  Authenticator.Result proven() {
    return proven;
  }

  /** Has rules limit what the sender may do. */
  void proven(Authenticator.Result sender) {
    proven = sender;
    limited = true;
  }

  /** Returns what the sender must be allowed to do. */
  Need needed() {
    return needed;
  }

  void needs(Need need) {
    needed = need;
  }

  HttpServerRequest request() {
    return request;
  }

  Sender sender() {
    return sender;
  }
}
