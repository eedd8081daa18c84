package io.hera.store;

import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import java.util.function.Consumer;

/**
 * Notifications of one kind within the process. They are published after the state has changed.
 *
 * @param <N> the notification, an immutable value
 */
public final class Topic<N> {
  private final EventBus bus;
  private final String address;

  Topic(EventBus bus, String address) {
    this.bus = bus;
    this.address = address;
  }

  void publish(N notification) {
    bus.publish(address, notification, LocalCodec.OPTIONS);
  }

  /**
   * Calls {@code subscriber} on the caller's context, for each notification published after the returned future has completed. Ends with
   * the caller's verticle.
   */
  public Future<Void> subscribe(Consumer<N> subscriber) {
    return bus.<N>localConsumer(address, message -> subscriber.accept(message.body()))
        .completion();
  }
}
