package io.hera.store.page;

import io.hera.registry.ContentVersion;
import io.hera.registry.Key;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the nearest instances. It refers to all lines that match, so it can tell after each change which ones are the
 * nearest; only those are laid out.
 */
final class NearLayout implements Layout {
  /** A line, its references, and those of a reader that compares two layouts. */
  private static final int HEAP_PER_LINE = 80;

  private static final Comparator<Line> BY_ID = Comparator.comparing(Line::id, Key.BYTE_ORDER);

  private final Near near;
  private final long joinedMax;
  /** All lines that match, ids in byte order. */
  private final List<Line> all;

  /** Which of the values the lines shown have; the number of values if all lines are shown. */
  private final int choice;

  private final Layout shown;

  private record Line(String id, byte[] document, int rank) {}

  private NearLayout(Near near, long joinedMax, List<Line> all, int choice, Layout shown) {
    this.near = near;
    this.joinedMax = joinedMax;
    this.all = all;
    this.choice = choice;
    this.shown = shown;
  }

  /** Returns the layout of the nearest of all lines that {@code lines} passes. */
  static NearLayout of(Near near, Consumer<BiConsumer<String, byte[]>> lines, long joinedMax) {
    List<Line> all = new ArrayList<>();
    lines.accept((id, document) -> all.add(new Line(id, document, near.rank(document))));
    return laidOut(near, joinedMax, all);
  }

  private static NearLayout laidOut(Near near, long joinedMax, List<Line> all) {
    int choice = near.choice(counts(near, all));
    Layout shown = Layout.of(
        reader -> shown(near, all, choice).forEach(line -> reader.accept(line.id, line.document)),
        joinedMax);
    return new NearLayout(near, joinedMax, all, choice, shown);
  }

  private static int[] counts(Near near, List<Line> all) {
    int[] counts = new int[near.values().size() + 1];
    all.forEach(line -> counts[line.rank]++);
    return counts;
  }

  private static Stream<Line> shown(Near near, List<Line> all, int choice) {
    return all.stream().filter(line -> isShown(near, line, choice));
  }

  private static boolean isShown(Near near, Line line, int choice) {
    return choice == near.values().size() || line.rank == choice;
  }

  @Override
  public NearLayout with(SortedSet<String> changed, Function<String, byte @Nullable []> documents) {
    Map<String, Line> now = new HashMap<>();
    for (String id : changed) {
      byte[] document = documents.apply(id);
      if (document != null) {
        now.put(id, new Line(id, document, near.rank(document)));
      }
    }
    List<Line> merged = merged(changed, now);
    int next = near.choice(counts(near, merged));
    if (next != choice) {
      return laidOut(near, joinedMax, merged);
    }
    Layout spliced = shown.with(changed, id -> {
      Line line = now.get(id);
      return line != null && isShown(near, line, choice) ? line.document : null;
    });
    return new NearLayout(near, joinedMax, merged, choice, spliced);
  }

  private List<Line> merged(SortedSet<String> changed, Map<String, Line> now) {
    List<Line> merged = new ArrayList<>(all.size() + now.size());
    int next = 0;
    for (String id : changed) {
      int found = Collections.binarySearch(all, new Line(id, new byte[0], 0), BY_ID);
      int end = found < 0 ? -found - 1 : found;
      merged.addAll(all.subList(next, end));
      next = found < 0 ? end : found + 1;
      Line line = now.get(id);
      if (line != null) {
        merged.add(line);
      }
    }
    merged.addAll(all.subList(next, all.size()));
    return merged;
  }

  /** Returns the lines shown, with the content of each. */
  List<ListedInstance> instances(Function<String, ContentVersion> contentOf) {
    return shown(near, all, choice)
        .map(line -> new ListedInstance(line.id, line.document, contentOf.apply(line.id)))
        .toList();
  }

  private Listing.Share share() {
    String value = choice == near.values().size() ? "" : near.values().get(choice);
    return new Listing.Share(value, shown.size(), all.size());
  }

  @Override
  public int size() {
    return shown.size();
  }

  @Override
  public Stream<String> ids() {
    return shown.ids();
  }

  @Override
  public Listing listing(ContentVersion content) {
    return shown.listing(content).with(share());
  }

  @Override
  public boolean isOf(Listing listing) {
    return shown.isOf(listing) && listing.share().filter(share()::equals).isPresent();
  }

  @Override
  public boolean fits(long max) {
    return shown.fits(max);
  }

  @Override
  public long bytes() {
    return shown.bytes();
  }

  @Override
  public long heapBytes() {
    return (long) HEAP_PER_LINE * all.size() + shown.heapBytes();
  }
}
