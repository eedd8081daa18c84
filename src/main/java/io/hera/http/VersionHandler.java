package io.hera.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;

/**
 * Decides about the version of each request on a connection (RFC 9110, 2.5): a minor version above 1 is served as HTTP/1.1, and
 * another major version is refused. Vert.x would reply with an empty 501 to both.
 *
 * <p>Netty checks only requests of HTTP/1.1 for a length that is ambiguous, so this does it for the others. Of several lengths in a
 * request of HTTP/1.0, Netty keeps the first alone: so such a request with a body is the last on its connection. Nothing behind a request
 * that is refused here, or that ends the connection, can be trusted to be a request: it is dropped.
 */
final class VersionHandler extends ChannelInboundHandlerAdapter {
  private static final String PROTOCOL = "HTTP";

  /** Whether the request under way is the last one on the connection. */
  private boolean last;

  private boolean ended;

  /** The failure of a request of another major version. */
  static final class Unsupported extends Exception {
    private static final long serialVersionUID = 1;

    private final String version;

    Unsupported(HttpVersion version) {
      super(version.text(), null, false, false);
      this.version = version.text();
    }

    /** Returns the version as the client gave it. */
    String version() {
      return version;
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (ended) {
      ReferenceCountUtil.release(message);
      return;
    }
    Object passed =
        message instanceof HttpRequest request && request.decoderResult().isSuccess()
            ? checked(request)
            : message;
    ended = last && passed instanceof LastHttpContent;
    context.fireChannelRead(passed);
  }

  private HttpRequest checked(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    if (!version.protocolName().equals(PROTOCOL) || version.majorVersion() != 1) {
      return refused(request, new Unsupported(version));
    }
    if (version.minorVersion() != 1 && isAmbiguous(request.headers())) {
      return refused(request, new IllegalArgumentException("the length of the body is ambiguous"));
    }
    boolean old = version.minorVersion() == 0;
    if (old && request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
      request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    request.setProtocolVersion(old ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1);
    last = !HttpUtil.isKeepAlive(request);
    return request;
  }

  private static boolean isAmbiguous(HttpHeaders headers) {
    List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
    return lengths.size() > 1
        || (!lengths.isEmpty() && headers.contains(HttpHeaderNames.TRANSFER_ENCODING))
        || lengths.stream().anyMatch(length -> !length.matches("[0-9]+"));
  }

  /** Returns a request without a body that Vert.x passes on as invalid. */
  private HttpRequest refused(HttpRequest request, Exception cause) {
    last = true;
    HttpRequest whole =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, request.method(), request.uri());
    whole.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    whole.setDecoderResult(DecoderResult.failure(cause));
    return whole;
  }
}
