package io.hera.store;

import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import java.util.function.Consumer;

/**
 * Notifications of one kind within the process: facts that are true already when they are published.
 *
 * @param <F> the fact, an immutable value
 */
public final class Topic<F> {
  private final EventBus bus;
  private final String address;

  Topic(EventBus bus, String address) {
    this.bus = bus;
    this.address = address;
  }

  void publish(F fact) {
    bus.publish(address, fact, LocalCodec.OPTIONS);
  }

  /**
   * Calls {@code subscriber} on the caller's context, for each fact published after the returned future has completed. Ends with
   * the caller's verticle.
   */
  public Future<Void> subscribe(Consumer<F> subscriber) {
    return bus.<F>localConsumer(address, message -> subscriber.accept(message.body()))
        .completion();
  }
}
