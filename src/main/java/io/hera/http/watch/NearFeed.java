package io.hera.http.watch;

import io.hera.http.EventText;
import io.hera.http.Exchange;
import io.hera.registry.Key;
import io.hera.store.NumberedListing;
import io.hera.store.page.ListedInstance;
import io.hera.store.page.ListingEncoder;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The nearest instances as the streams of one watch know them, without I/O. Owned by {@link NearStreams}.
 *
 * <p>The rule decides about the whole service, so events are the differences between two listings of the store: one step, made once
 * for all streams. Streams that are some steps behind take one after the other.
 */
final class NearFeed {
  private static final int STEPS_MAX = 64;
  /** A step of more bytes is a reset and a snapshot. */
  private static final int STEP_BYTES_MAX = 1 << 20;

  final Set<EventStream<Exchange>> streams = new LinkedHashSet<>();

  /** Whether a listing is being read, or is about to be. */
  boolean reading;

  /** Whether something has changed since the reading began. */
  boolean outdated;

  private final String life;
  private Optional<NumberedListing> listing = Optional.empty();
  /** The steps by the number of the change that they begin after, the oldest first. */
  private final Map<Long, Step> steps = new LinkedHashMap<>();

  private long bytes;

  NearFeed(String life) {
    this.life = life;
  }

  /**
   * The events from one listing to the next.
   *
   * @param text empty if the two show the same
   * @param last number of the last change before the second one
   */
  record Step(Buffer text, long last) {}

  /** Returns the present listing; empty before the first one. */
  Optional<NumberedListing> listing() {
    return listing;
  }

  /** Returns whether a client that has the changes up to this number can go on without a snapshot. */
  boolean continuesAfter(long number) {
    return listing.isPresent() && (listing.get().change() == number || steps.containsKey(number));
  }

  /** Returns the step of a client that has the changes up to this number; empty if it is not kept. */
  Optional<Step> after(long number) {
    return Optional.ofNullable(steps.get(number));
  }

  /** Takes up a listing, unless it is as old as the present one. */
  void show(NumberedListing next) {
    Optional<NumberedListing> before = listing;
    if (before.isPresent() && before.get().change() >= next.change()) {
      return;
    }
    listing = Optional.of(next);
    before.ifPresent(known -> difference(known.lines(), next)
        .ifPresent(text -> add(known.change(), new Step(text, next.change()))));
  }

  private void add(long from, Step step) {
    steps.put(from, step);
    bytes += step.text.length();
    Iterator<Step> oldest = steps.values().iterator();
    while (steps.size() > STEPS_MAX || bytes > STEP_BYTES_MAX) {
      bytes -= oldest.next().text.length();
      oldest.remove();
    }
  }

  /** Returns the events; empty if they are too many. */
  private Optional<Buffer> difference(List<ListedInstance> before, NumberedListing next) {
    Buffer deletes = Buffer.buffer();
    Buffer puts = Buffer.buffer();
    List<ListedInstance> after = next.lines();
    int a = 0;
    int b = 0;
    while ((a < before.size() || b < after.size())
        && deletes.length() + puts.length() <= STEP_BYTES_MAX) {
      int order = order(before, a, after, b);
      if (order < 0) {
        deletes.appendBuffer(delete(before.get(a)));
      } else if (order > 0 || !before.get(a).content().equals(after.get(b).content())) {
        puts.appendBuffer(put(after.get(b)));
      }
      a += order <= 0 ? 1 : 0;
      b += order >= 0 ? 1 : 0;
    }
    Buffer text = deletes.appendBuffer(puts);
    if (text.length() > STEP_BYTES_MAX) {
      return Optional.empty();
    }
    return Optional.of(
        text.length() == 0
            ? text
            : text.appendBuffer(new EventText.Id(life, next.change()).line()).appendString("\n"));
  }

  private static int order(List<ListedInstance> before, int a, List<ListedInstance> after, int b) {
    if (a == before.size()) {
      return 1;
    }
    return b == after.size()
        ? -1
        : Key.BYTE_ORDER.compare(before.get(a).id(), after.get(b).id());
  }

  private static Buffer put(ListedInstance instance) {
    Buffer json = id(instance);
    ListingEncoder.name(json, "instance").appendBytes(instance.document()).appendString("}");
    return event("put", json);
  }

  private static Buffer delete(ListedInstance instance) {
    Buffer json = ListingEncoder.name(id(instance), "reason").appendString("\"unmatched\"}");
    return event("delete", json);
  }

  private static Buffer id(ListedInstance instance) {
    return ListingEncoder.text(ListingEncoder.name(Buffer.buffer("{"), "id"), instance.id());
  }

  private static Buffer event(String type, Buffer json) {
    return EventText.lines(EventText.head(type), json).appendString("\n\n");
  }
}
