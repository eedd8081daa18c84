package io.hera.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/** Passes immutable messages by reference inside the process; they never leave it. */
final class LocalCodec implements MessageCodec<Object, Object> {
  private static final String NAME = "hera.local";

  /** How a message is to be sent to go by reference. */
  static final DeliveryOptions OPTIONS =
      new DeliveryOptions().setCodecName(NAME).setLocalOnly(true).setSendTimeout(10_000);

  /** Makes the codec known to a bus; several nodes may share one. */
  static void register(EventBus bus) {
    try {
      bus.registerCodec(new LocalCodec());
    } catch (IllegalStateException alreadyRegistered) {
      // Another node in the same Vert.x has been here before.
    }
  }

  @Override
  public void encodeToWire(Buffer buffer, Object message) {
    throw new IllegalStateException("a local message was about to leave the process");
  }

  @Override
  public Object decodeFromWire(int position, Buffer buffer) {
    throw new IllegalStateException("a local message came from another process");
  }

  @Override
  public Object transform(Object message) {
    return message;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
