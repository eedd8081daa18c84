package io.hera.store;

import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One verb of the store: a typed question and its answer over the event bus.
 *
 * @param <Q> the question, an immutable value
 * @param <A> the answer, an immutable value
 */
public final class Ask<Q, A> {
  private static final Logger log = LoggerFactory.getLogger(Ask.class);

  private final EventBus bus;
  private final String address;

  Ask(EventBus bus, String address) {
    this.bus = bus;
    this.address = address;
  }

  /** Asks. The future fails only when the store is gone or has a defect, never for an expected outcome. */
  public Future<A> ask(Q question) {
    return bus.<A>request(address, question, LocalCodec.OPTIONS).map(Message::body);
  }

  /** A throw would leave the asker to its time-out: it becomes a failed reply here. */
  Future<Void> answer(Function<Q, A> answerer) {
    return bus.<Q>localConsumer(address, message -> {
          try {
            message.reply(answerer.apply(message.body()), LocalCodec.OPTIONS);
          } catch (RuntimeException defect) {
            log.error("defect in {}", address, defect);
            message.fail(500, "internal error");
          }
        })
        .completion();
  }
}
