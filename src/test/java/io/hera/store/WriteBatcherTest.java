package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteBatcherTest {
  private static final Write FIRST = new Write.Remove(new Key("s", "1"));
  private static final Write SECOND = new Write.Renew(new Key("s", "2"), 0);

  private final Vertx vertx = Vertx.vertx();
  private final Store store = new BusStore(vertx, "life");
  private final List<List<Write>> messages = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void answer(Function<List<Write>, List<Outcome>> handler) {
    new Verb<List<Write>, List<Outcome>>(vertx.eventBus(), "store.life.write")
        .handle(writes -> {
          messages.add(writes);
          return handler.apply(writes);
        })
        .await();
  }

  private static List<Outcome> outcomes(List<Write> writes) {
    return writes.stream()
        .map(write -> write instanceof Write.Remove ? Outcome.DONE : Outcome.UNKNOWN_INSTANCE)
        .toList();
  }

  /** Sends writes in one turn of an event loop. */
  private static List<Outcome> send(Context context, WriteBatcher to, Write... writes) {
    Promise<List<Outcome>> all = Promise.promise();
    context.runOnContext(turn -> {
      List<Future<Outcome>> sent = Stream.of(writes).map(to::send).toList();
      Future.all(sent)
          .onComplete(ended -> all.complete(sent.stream().map(Future::result).toList()), all::fail);
    });
    return all.future().await();
  }

  @Test
  void writesOfOneTurnShareAMessageAndEachGetsItsOutcome() {
    answer(WriteBatcherTest::outcomes);
    Context context = vertx.getOrCreateContext();
    WriteBatcher writes = new WriteBatcher(store, context);
    assertThat(send(context, writes, FIRST, SECOND, FIRST))
        .containsExactly(Outcome.DONE, Outcome.UNKNOWN_INSTANCE, Outcome.DONE);
    assertThat(send(context, writes, SECOND)).containsExactly(Outcome.UNKNOWN_INSTANCE);
    assertThat(messages).containsExactly(List.of(FIRST, SECOND, FIRST), List.of(SECOND));
  }

  @Test
  void aDefectFailsTheWritesOfItsMessageOnly() {
    answer(writes -> {
      if (writes.size() > 1) {
        throw new IllegalStateException("a defect, on purpose");
      }
      return outcomes(writes);
    });
    Context context = vertx.getOrCreateContext();
    WriteBatcher writes = new WriteBatcher(store, context);
    assertThatThrownBy(() -> send(context, writes, FIRST, SECOND)).hasMessage("internal error");
    assertThat(send(context, writes, FIRST)).containsExactly(Outcome.DONE);
  }
}
