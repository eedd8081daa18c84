package io.hera.store;

import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Runs the rest of some work in a later turn of an event loop, after the loop has served its connections. So nothing that takes
 * long holds up other clients for longer than one slice of it. Called on its context only.
 *
 * <p>{@link Context#runOnContext} does not do that. Netty works off its queue of tasks, and those that are added meanwhile, for up
 * to a second before it looks at its connections again, and looks at the time after every 64th task only. A task that is due at
 * a time is taken up only once per turn, after the connections.
 */
public final class NextTurn implements Executor {
  private final ContextInternal context;

  /** The turns of the event loop of {@code context}. */
  public NextTurn(Context context) {
    this.context = (ContextInternal) context;
  }

  @Override
  public void execute(Runnable slice) {
    var unusedSlice = context
        .nettyEventLoop()
        .schedule(() -> context.emit(due -> slice.run()), 1, TimeUnit.NANOSECONDS);
  }
}
