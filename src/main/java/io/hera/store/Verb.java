package io.hera.store;

import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One method of {@link Store} over the event bus: a typed request and its reply.
 *
 * @param <Q> the request, an immutable value
 * @param <A> the reply, an immutable value
 */
final class Verb<Q, A> {
  private static final Logger log = LoggerFactory.getLogger(Verb.class);

  private final EventBus bus;
  private final String address;

  Verb(EventBus bus, String address) {
    this.bus = bus;
    this.address = address;
  }

  /** Sends a request. The future fails only when the store is gone or has a defect. */
  Future<A> ask(Q request) {
    return bus.<A>request(address, request, LocalCodec.OPTIONS).map(Message::body);
  }

  /** Handles requests on the caller's context. A throw would leave the sender to its time-out: it becomes a failed reply here. */
  Future<Void> handle(Function<Q, A> handler) {
    return handleLater(request -> Future.succeededFuture(handler.apply(request)));
  }

  /** The same with replies that may come in later turns. */
  Future<Void> handleLater(Function<Q, Future<A>> handler) {
    return bus.<Q>localConsumer(address, message -> {
          try {
            handler
                .apply(message.body())
                .onComplete(
                    reply -> message.reply(reply, LocalCodec.OPTIONS),
                    defect -> fail(message, defect));
          } catch (RuntimeException | Error defect) {
            fail(message, defect);
          }
        })
        .completion();
  }

  private void fail(Message<Q> message, Throwable defect) {
    log.error("defect in {}", address, defect);
    message.fail(500, "internal error");
  }
}
