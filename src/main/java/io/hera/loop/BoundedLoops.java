package io.hera.loop;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * Event loops whose turns are short. A turn of Netty's reads from all connections that have input, thousands after a burst, and then
 * runs tasks for up to a second; input that arrives a moment later waits for all of them.
 */
final class BoundedLoops extends MultiThreadIoEventLoopGroup {
  /** Connections that a turn reads from or writes to; the kernel hands out the others in later turns, in their order. */
  private static final int CONNECTIONS_MAX = 64;

  /** Time after which a turn leaves tasks to the next one; Netty looks at the clock after every 64th. */
  private static final long TASKS_MILLIS = 4;

  BoundedLoops(int threads, ThreadFactory threadFactory, IoHandlerFactory handlers) {
    super(threads, threadFactory, handlers);
  }

  /** Waits for I/O by epoll. */
  static IoHandlerFactory epoll() {
    return EpollIoHandler.newFactory(CONNECTIONS_MAX, DefaultSelectStrategyFactory.INSTANCE);
  }

  @Override
  protected IoEventLoop newChild(
      Executor executor, IoHandlerFactory handlers, Object... unusedArguments) {
    return new SingleThreadIoEventLoop(
        this,
        executor,
        handlers,
        Integer.MAX_VALUE,
        RejectedExecutionHandlers.reject(),
        TASKS_MILLIS);
  }
}
