package io.hera.http.ui;

import io.hera.http.Endpoint;
import io.hera.http.EntityTags;
import io.hera.http.Exchange;
import io.hera.http.FileReply;
import io.hera.http.Parameters;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.http.Target;
import io.hera.wire.Problem;
import io.hera.wire.UiMode;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /_ui/}: the page for browsers, and its files at {@code /_ui/a/<hash>/…}. They are the same for all: the page is empty, and
 * asks the API for what its user may see. A browser checks each time whether the first file has changed, since it names the others; these
 * never change at their addresses, and one of another version is not there: the page then reloads itself. A browser that asks for
 * {@code /} is led here. One per HTTP verticle, used on its context only.
 */
public final class UiPage implements Endpoint {
  private static final String INDEX = "/";
  private static final String ASSETS = "/a/";
  /** Relative, so that it holds behind a proxy, under any path. */
  private static final String ADDRESS = "_ui/";

  private final Vertx vertx;
  private final UiMode mode;
  private @Nullable UiFiles loaded;

  /** The page in this mode, served on the contexts of {@code vertx}. */
  public UiPage(Vertx vertx, UiMode mode) {
    this.vertx = vertx;
    this.mode = mode;
  }

  @Override
  public Route route() {
    return Route.read(PAGE, Parameters.NONE, Right.NONE);
  }

  @Override
  public void handle(Exchange exchange) {
    if (exchange.target() instanceof Target.Page page && !page.path().isEmpty()) {
      files().onSuccess(files -> reply(exchange, page.path(), files)).onFailure(exchange::fail);
    } else {
      // Of /_ui too: else the addresses in the page, which are relative, would lead elsewhere.
      FileReply.seeOther(exchange.variesByAccept(), ADDRESS);
    }
  }

  /** Returns the files, which a worker reads for the first request. */
  private Future<UiFiles> files() {
    UiFiles known = loaded;
    return known == null
        ? vertx.executeBlocking(UiFiles::load, false).onSuccess(files -> loaded = files)
        : Future.succeededFuture(known);
  }

  private void reply(Exchange exchange, String path, UiFiles files) {
    if (path.equals(INDEX)) {
      index(exchange, files);
    } else if (path.startsWith(ASSETS)) {
      files
          .asset(path.substring(ASSETS.length()))
          .ifPresentOrElse(
              file -> UiReply.KEPT.send(exchange, file),
              () -> exchange.problem(Problem.unknownEndpoint()));
    } else {
      exchange.problem(Problem.unknownEndpoint());
    }
  }

  /** The bytes differ for clients that take gzip, and so does the tag, as a strong one must. */
  private void index(Exchange exchange, UiFiles files) {
    String coding = exchange.acceptsGzip() ? "-gzip" : "";
    String etag = '"' + files.hash() + '-' + mode.name().charAt(0) + coding + '"';
    if (EntityTags.has(exchange.headers(HttpHeaderNames.IF_NONE_MATCH), "W/" + etag)) {
      UiReply.CHECKED.notModified(exchange, etag);
    } else {
      exchange.putHeader(HttpHeaderNames.ETAG, etag);
      UiReply.CHECKED.send(exchange, files.index(mode));
    }
  }
}
