package io.hera.store;

import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;

/**
 * Something that has happened, published to whoever cares within the process.
 *
 * @param <F> what there is to say of it, an immutable value
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

  /** Calls {@code reader} on the context of the caller, for each fact from now on. */
  public MessageConsumer<F> read(Consumer<F> reader) {
    return bus.<F>localConsumer(address, message -> reader.accept(message.body()));
  }
}
