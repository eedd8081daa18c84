package io.hera.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.util.function.Function;

/**
 * Passes messages inside the process; they never leave it.
 *
 * @param <S> the message sent, an immutable value
 * @param <R> the message as each receiver gets it, made when it is read
 */
public final class LocalCodec<S, R> implements MessageCodec<S, R> {
  private static final LocalCodec<Object, Object> BY_REFERENCE =
      new LocalCodec<>("hera.local", message -> message);

  /** Options that send a message by reference. */
  static final DeliveryOptions OPTIONS = new DeliveryOptions()
      .setCodecName(BY_REFERENCE.name)
      .setLocalOnly(true)
      .setSendTimeout(10_000);

  private final String name;
  private final Function<S, R> reader;

  /** A codec of this name, unique within the process. */
  public LocalCodec(String name, Function<S, R> reader) {
    this.name = name;
    this.reader = reader;
  }

  /** Registers the codec that passes messages by reference. */
  static void register(EventBus bus) {
    BY_REFERENCE.registerAt(bus);
  }

  /** Registers this codec; several nodes may share a bus. */
  public void registerAt(EventBus bus) {
    try {
      bus.registerCodec(this);
    } catch (IllegalStateException alreadyRegistered) {
      // By another node in the same Vert.x.
    }
  }

  @Override
  public void encodeToWire(Buffer buffer, S message) {
    throw new IllegalStateException("a local message was about to leave the process");
  }

  @Override
  public R decodeFromWire(int position, Buffer buffer) {
    throw new IllegalStateException("a local message came from another process");
  }

  @Override
  public R transform(S message) {
    return reader.apply(message);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
