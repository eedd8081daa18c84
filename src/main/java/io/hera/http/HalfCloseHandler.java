package io.hera.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Replies to clients that have closed their half of the connection, as {@code nc -N} does: requests that have come are answered,
 * then the connection is closed. A client that has disconnected looks the same, so requests that wait for a change are answered at once.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the promise that is passed on has the outcome
final class HalfCloseHandler extends ChannelDuplexHandler {
  private final Runnable onInputEnd;
  private int unanswered;
  private boolean receiving;
  private boolean inputEnded;

  /** Has {@code onInputEnd} run when the client sends nothing more and waits for a reply. */
  HalfCloseHandler(Runnable onInputEnd) {
    this.onInputEnd = onInputEnd;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      unanswered++;
      receiving = true;
    }
    if (message instanceof LastHttpContent) {
      receiving = false;
    }
    context.fireChannelRead(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      inputEnded = true;
      if (receiving || unanswered == 0) {
        context.close();
      } else {
        onInputEnd.run();
      }
    }
    super.userEventTriggered(context, event);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    boolean interim = message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (interim || !(message instanceof LastHttpContent)) {
      context.write(message, promise);
      return;
    }
    unanswered--;
    ChannelPromise sent = promise.unvoid();
    context.write(message, sent);
    if (inputEnded && unanswered == 0) {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
  }
}
