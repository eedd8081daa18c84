package io.hera.http.ui;

import io.hera.http.FileReply;
import io.vertx.core.http.HttpHeaders;

/** How files of the page are served: what browsers may do with them, and how long they may keep them. */
final class UiReply {
  /**
   * Scripts, styles and data of this origin alone; no script in markup, no frame around the page, and no text that becomes markup: the
   * two policies for trusted types are those of the page and of its library.
   */
  private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
      + "img-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; "
      + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html hera";

  /** Files that a browser may keep, and asks for again. */
  static final FileReply CHECKED = files("no-cache");

  /** Files that never change at their address. */
  static final FileReply KEPT = files("public, max-age=31536000, immutable");

  private UiReply() {}

  private static FileReply files(String cacheControl) {
    return new FileReply(
        HttpHeaders.createOptimized(cacheControl), HttpHeaders.createOptimized(POLICY));
  }
}
