package io.hera.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * What waits to be sent on a connection, as far as sweeps see it. One per connection, used on its
 * context only.
 */
final class Unread {
  private final ChannelHandlerContext vertxHandler;
  private long pending;
  private long progress;

  Unread(HttpConnection connection) {
    this.vertxHandler = ((ConnectionBase) connection).channelHandlerContext();
  }

  /** Returns whether something waits, and the client has read nothing since the last sweep. */
  boolean sweep() {
    ChannelOutboundBuffer waiting = vertxHandler.channel().unsafe().outboundBuffer();
    long pendingNow = waiting == null ? 0 : waiting.totalPendingWriteBytes();
    long progressNow = waiting == null ? 0 : waiting.currentProgress();
    boolean stands = pendingNow > 0 && pendingNow == pending && progressNow == progress;
    pending = pendingNow;
    progress = progressNow;
    return stands;
  }

  /** Closes the connection, and drops what waits to be sent: Vert.x's own handler would send it first. */
  void close() {
    var unusedClose = vertxHandler.close();
  }
}
