package io.hera.http.watch;

import io.hera.http.Exchange;
import io.hera.store.Changes;
import io.hera.store.NextTurn;
import io.hera.store.NumberedListing;
import io.hera.store.Slices;
import io.hera.store.Store;
import io.hera.store.page.Selection;
import io.hera.store.page.Subject;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The streams of the nearest instances of services ({@code ?near=}). Owned by {@link EventStreams}.
 *
 * <p>A change that matches has the store asked once per watch for the present listing; the streams get the difference to the one
 * before. A listing of many instances is read less often.
 */
final class NearStreams {

  /** Instances whose listing may be read every millisecond: reading takes a small part of the time of the store. */
  private static final int INSTANCES_PER_MILLI = 100;

  private final Vertx vertx;
  private final Store store;
  private final String life;
  private final Snapshots snapshots;
  private final Consumer<EventStream<Exchange>> ended;
  private final Map<Subject, Map<Watch, NearFeed>> feeds = new HashMap<>();
  private final QuietWindows windows;
  private final Slices<LongSupplier> looks;
  private final Slices<EventStream<Exchange>> behind;

  /**
   * No streams yet.
   *
   * @param ended ends a stream whose listing cannot be read or sent
   */
  NearStreams(
      Context context,
      Store store,
      String life,
      Snapshots snapshots,
      Consumer<EventStream<Exchange>> ended) {
    this.vertx = context.owner();
    this.store = store;
    this.life = life;
    this.snapshots = snapshots;
    this.ended = ended;
    this.windows = new QuietWindows(
        new VertxAlarms(vertx), watch -> of(watch) != null, (watch, first) -> outdate(watch));
    this.looks = new Slices<>(new NextTurn(context), LongSupplier::getAsLong);
    this.behind = new Slices<>(new NextTurn(context), this::catchUp);
  }

  /**
   * Begins a stream.
   *
   * @param last number of the last change that the client has, if it comes back
   */
  void add(EventStream<Exchange> stream, OptionalLong last) {
    NearFeed feed = feeds
        .computeIfAbsent(stream.selection.subject(), any -> new HashMap<>())
        .computeIfAbsent(stream.watch, any -> new NearFeed(life));
    feed.streams.add(stream);
    if (!stream.watch.quiet().isNone()) {
      windows.use(stream.watch);
    }
    if (last.isPresent() && feed.continuesAfter(last.getAsLong())) {
      stream.resume(last.getAsLong());
      behind.add(List.of(stream));
      return;
    }
    if (last.isPresent()) {
      stream.outdated();
    }
    feed.listing()
        .ifPresentOrElse(listing -> show(stream, listing), () -> read(feed, stream.watch));
  }

  /** Removes a stream; returns whether it was here. */
  boolean remove(EventStream<Exchange> stream) {
    NearFeed feed = of(stream.watch);
    if (feed == null || !feed.streams.remove(stream)) {
      return false;
    }
    if (feed.streams.isEmpty()) {
      Subject subject = stream.selection.subject();
      Map<Watch, NearFeed> others = feeds.getOrDefault(subject, new HashMap<>());
      others.remove(stream.watch);
      if (others.isEmpty()) {
        feeds.remove(subject);
      }
    }
    return true;
  }

  /** Reads the listings again that the changes may concern. */
  void changed(Changes batch) {
    batch.subjects().forEach((subject, changes) -> {
      List<LongSupplier> more = feeds.getOrDefault(subject, Map.of()).keySet().stream()
          .<LongSupplier>map(watch -> () -> Concern.look(watch, changes, this::concerned))
          .toList();
      looks.add(more);
    });
  }

  private void concerned(Watch watch, long number) {
    if (watch.quiet().isNone()) {
      outdate(watch);
    } else {
      windows.touch(watch, number);
    }
  }

  private void outdate(Watch watch) {
    NearFeed feed = of(watch);
    if (feed != null && feed.reading) {
      feed.outdated = true;
    } else if (feed != null) {
      read(feed, watch);
    }
  }

  private void read(NearFeed feed, Watch watch) {
    if (feed.reading) {
      return;
    }
    feed.reading = true;
    feed.outdated = false;
    store
        .snapshot((Selection.Part) watch.selection())
        .onSuccess(listing -> received(feed, watch, listing))
        .onFailure(failure -> List.copyOf(feed.streams).forEach(ended));
  }

  private void received(NearFeed feed, Watch watch, NumberedListing listing) {
    feed.show(listing);
    NumberedListing present = feed.listing().orElseThrow();
    List<EventStream<Exchange>> woken = new ArrayList<>();
    for (EventStream<Exchange> stream : List.copyOf(feed.streams)) {
      if (stream.isNew()) {
        show(stream, present);
      } else if (stream.wake(0)) {
        woken.add(stream);
      }
    }
    behind.add(woken);
    long pause = 1L + listing.lines().size() / INSTANCES_PER_MILLI;
    vertx.setTimer(pause, over -> {
      feed.reading = false;
      if (feed.outdated && !feed.streams.isEmpty()) {
        read(feed, watch);
      }
    });
  }

  /** Begins with a snapshot. */
  private void show(EventStream<Exchange> stream, NumberedListing listing) {
    stream.snapshotBegins();
    snapshots
        .send(stream, listing)
        .onSuccess(sent -> {
          stream.snapshotWritten();
          behind.add(List.of(stream));
        })
        .onFailure(failure -> ended.accept(stream));
  }

  /** Writes the next step to a stream; returns the work that it took. */
  private long catchUp(EventStream<Exchange> stream) {
    NearFeed feed = of(stream.watch);
    if (feed == null || stream.client.ended()) {
      return Slices.LOOK;
    }
    NumberedListing listing = feed.listing().orElseThrow();
    if (stream.next() > listing.change()) {
      stream.caughtUp();
      return Slices.LOOK;
    }
    if (stream.client.isFull()) {
      stream.client.room().onSuccess(room -> behind.add(List.of(stream)));
      return Slices.LOOK;
    }
    return feed.after(stream.next() - 1).map(step -> write(stream, step)).orElseGet(() -> {
      stream.outdated();
      show(stream, listing);
      return Slices.WRITE;
    });
  }

  private long write(EventStream<Exchange> stream, NearFeed.Step step) {
    stream.passed(step.last());
    if (step.text().length() == 0) {
      behind.add(List.of(stream));
      return Slices.LOOK;
    }
    stream
        .client
        .sendAll(step.text())
        .onSuccess(sent -> behind.add(List.of(stream)))
        .onFailure(failure -> ended.accept(stream));
    return Slices.WRITE + step.text().length();
  }

  private @Nullable NearFeed of(Watch watch) {
    return feeds.getOrDefault(watch.selection().subject(), Map.of()).get(watch);
  }
}
