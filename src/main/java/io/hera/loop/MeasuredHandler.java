package io.hera.loop;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import java.util.function.LongSupplier;

/**
 * Netty's waiting for and processing of I/O, with its turns counted. Used on one event loop.
 *
 * <p>A call of {@link #run} waits, and then processes the I/O; the loop runs its tasks before the
 * next call. The handler behind it tells how long the processing took, so the end of the wait is
 * known.
 */
final class MeasuredHandler implements IoHandler {
  private final IoHandler handler;
  private final LoopTurns.Loop loop;
  private final LongSupplier nanos;
  private boolean begun;
  private long turnBegan;

  MeasuredHandler(IoHandler handler, LoopTurns.Loop loop, LongSupplier nanos) {
    this.handler = handler;
    this.loop = loop;
    this.nanos = nanos;
  }

  @Override
  public int run(IoHandlerContext context) {
    if (begun) {
      loop.count(turnBegan, nanos.getAsLong());
    }
    Measured measured = new Measured(context);
    int handled = handler.run(measured);
    begun = true;
    turnBegan = nanos.getAsLong() - measured.activeNanos;
    return handled;
  }

  /** The loop's context, which also takes the time of the processing. */
  private static final class Measured implements IoHandlerContext {
    private final IoHandlerContext context;
    private long activeNanos;

    Measured(IoHandlerContext context) {
      this.context = context;
    }

    @Override
    public boolean canBlock() {
      return context.canBlock();
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
      return context.delayNanos(currentTimeNanos);
    }

    @Override
    public long deadlineNanos() {
      return context.deadlineNanos();
    }

    @Override
    public void reportActiveIoTime(long nanos) {
      activeNanos = nanos;
      context.reportActiveIoTime(nanos);
    }

    @Override
    public boolean shouldReportActiveIoTime() {
      return true;
    }
  }

  @Override
  public void initialize() {
    handler.initialize();
  }

  @Override
  public void prepareToDestroy() {
    handler.prepareToDestroy();
  }

  @Override
  public void destroy() {
    handler.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return handler.register(handle);
  }

  @Override
  public void wakeup() {
    handler.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return handler.isCompatible(handleType);
  }
}
