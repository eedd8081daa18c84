package io.hera.http;

import io.hera.wire.WebOrigin;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells requests that a web page has its visitor's browser send from all others. One per node: the node replaces the rules when
 * its configuration changes, and every event loop reads them.
 *
 * <p>A browser inside a network reaches nodes that a web site cannot reach. A page of any site can have it send a POST, which
 * needs no permission of the node (cross-site request forgery). If the page's own name resolves to the node's address a moment
 * later, it may even read the answers (DNS rebinding). Against the first helps the header Origin, which a page cannot forge;
 * against the second the header Host, which has the page's name and not the node's.
 *
 * <p>The checks are for browsers alone, since only they act for strangers. Programs call a node by any name, such as an alias that
 * it does not know.
 */
public final class BrowserGuard {
  private static final CharSequence FETCH_SITE = HttpHeaders.createOptimized("sec-fetch-site");

  private static final String USER_AGENT_OF_BROWSERS = "Mozilla/";
  private static final Set<String> SITES_OF_NO_OTHER = Set.of("same-origin", "none");
  private static final Set<HttpMethod> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private volatile BrowserRules rules;

  /** A guard with rules that hold until they are replaced. */
  public BrowserGuard(BrowserRules rules) {
    this.rules = rules;
  }

  /** Replaces the rules. */
  public void set(BrowserRules changed) {
    rules = changed;
  }

  /** Returns the sender of a request. */
  Sender sender(HttpServerRequest request) {
    MultiMap headers = request.headers();
    return isBrowser(headers) ? browser(request, headers) : Sender.PROGRAM;
  }

  /** Node's fetch sends {@code Sec-Fetch-Mode} and {@code Accept-Language}, but none of these. */
  private static boolean isBrowser(MultiMap headers) {
    String agent = headers.get(HttpHeaderNames.USER_AGENT);
    return (agent != null && agent.contains(USER_AGENT_OF_BROWSERS))
        || headers.contains(HttpHeaderNames.ORIGIN)
        || headers.contains(FETCH_SITE)
        || headers.contains(HttpHeaderNames.REFERER)
        || headers.contains(HttpHeaderNames.COOKIE);
  }

  private Sender browser(HttpServerRequest request, MultiMap headers) {
    BrowserRules now = rules;
    String scheme = request.isSSL() ? WebOrigin.HTTPS : WebOrigin.HTTP;
    Optional<WebOrigin> here = Optional.ofNullable(headers.get(HttpHeaderNames.HOST))
        .flatMap(host -> WebOrigin.of(scheme, host))
        .filter(now::meansThisNode);
    List<String> origins = headers.getAll(HttpHeaderNames.ORIGIN);
    if (here.isEmpty()) {
      return Sender.UNKNOWN_HOST;
    } else if (origins.isEmpty()) {
      boolean forAnother = isForAnotherSite(headers) && !READING.contains(request.method());
      return forAnother ? Sender.OTHER_ORIGIN : Sender.BROWSER;
    }
    Optional<WebOrigin> page =
        origins.size() == 1 ? WebOrigin.parse(origins.get(0)) : Optional.empty();
    return page.equals(here) ? Sender.BROWSER : page(page, now.origins()::contains);
  }

  private static Sender page(Optional<WebOrigin> page, Predicate<WebOrigin> allowed) {
    return page.filter(allowed).isPresent() ? Sender.ALLOWED_ORIGIN : Sender.OTHER_ORIGIN;
  }

  private static boolean isForAnotherSite(MultiMap headers) {
    String site = headers.get(FETCH_SITE);
    return site != null && !SITES_OF_NO_OTHER.contains(site);
  }
}
