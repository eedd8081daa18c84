package io.hera.http.watch;

import io.hera.http.Exchange;
import io.hera.http.Patience;
import io.hera.http.Quiet;
import io.hera.http.RepeatedRead;
import io.hera.http.RequestCounters;
import io.hera.http.Watching;
import io.hera.store.ChangeLog;
import io.hera.store.Changes;
import io.hera.store.ReadSide;
import io.hera.store.Store;
import io.hera.store.page.Selection;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.random.RandomGenerator;

/** The clients of one HTTP verticle that wait for changes: by long polls, or by streams of events. Used on its context only. */
public final class Watchers implements Watching {
  private final Store store;
  private final LongPolls polls;
  private final EventStreams streams;

  /**
   * Watchers of one node.
   *
   * @param life of the node, part of the ids of events: another life counts anew
   */
  public Watchers(
      Context context,
      Store store,
      ReadSide readSide,
      String life,
      RequestCounters counters,
      RandomGenerator random) {
    this.store = store;
    ChangeLog log = readSide.changes();
    this.polls = new LongPolls(context, readSide.readiness(), counters, random);
    Snapshots snapshots = new Snapshots(context.owner(), store, log, life);
    this.streams = new EventStreams(context, store, log, life, snapshots, counters, random);
  }

  /** Subscribes to changes, and to the end of the node's start. */
  public Future<Void> start() {
    Future<Void> changes = store.changes().subscribe(this::changed);
    Future<Void> ready = store.ready().subscribe(how -> polls.ready());
    return Future.all(changes, ready).mapEmpty();
  }

  @Override
  public void stream(Exchange exchange, Selection selection, Quiet quiet) {
    streams.open(exchange, new Watch(selection, quiet));
  }

  @Override
  public void repeat(RepeatedRead read, Patience patience) {
    polls.await(read, patience);
  }

  private void changed(Changes batch) {
    streams.changed(batch);
    polls.changed(batch);
  }
}
