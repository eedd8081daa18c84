package io.hera.store.page;

import io.hera.registry.Key;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A service's page together with the place of every instance in it. The next page is spliced from it: what has not changed is
 * copied in runs, and only what has is encoded. So a heartbeat with a new document in a service of 1,000 costs one encoded
 * line and a copy of memory. Immutable.
 *
 * <p>The page is an object, {@code {"id":document,"id":document}}, ids in byte order; a line is one of its members.
 */
public final class ListingLayout {
  private final Buffer json;
  private final String[] ids;
  /** Where each line ends, before its comma or the last brace. */
  private final int[] ends;

  private ListingLayout(Buffer json, String[] ids, int[] ends) {
    this.json = json;
    this.ids = ids;
    this.ends = ends;
  }

  /** The page without an instance. */
  static ListingLayout empty() {
    return new ListingLayout(Buffer.buffer("{}"), new String[0], new int[0]);
  }

  /** The page of all lines that {@code lines} gives, ids in {@link Key#BYTE_ORDER}. */
  public static ListingLayout of(Consumer<BiConsumer<String, byte[]>> lines) {
    Draft draft = empty().new Draft();
    lines.accept(draft::add);
    return draft.done();
  }

  /** What readers get; not to be changed. */
  public Buffer json() {
    return json;
  }

  /** How many instances are on it. */
  public int size() {
    return ids.length;
  }

  /**
   * The page in which some instances have come, gone or changed.
   *
   * @param changed their ids, in {@link Key#BYTE_ORDER}
   * @param documents gives the document of an id, or null if it is gone; asked for those changed only
   */
  public ListingLayout with(
      SortedSet<String> changed, Function<String, byte @Nullable []> documents) {
    if (changed.isEmpty()) {
      return this;
    }
    Draft draft = new Draft();
    int next = 0;
    for (String id : changed) {
      int found = Arrays.binarySearch(ids, next, ids.length, id, Key.BYTE_ORDER);
      int end = found < 0 ? -found - 1 : found;
      draft.copy(next, end);
      byte[] document = documents.apply(id);
      if (document != null) {
        draft.add(id, document);
      }
      next = found < 0 ? end : found + 1;
    }
    draft.copy(next, ids.length);
    return draft.done();
  }

  /** A page in the making. */
  private final class Draft {
    private final Buffer out = Buffer.buffer(json.length() + 256).appendByte((byte) '{');
    private String[] names = new String[ids.length + 16];
    private int[] places = new int[ids.length + 16];
    private int size;

    /** The lines from {@code from} to before {@code to}, with the commas between them. */
    void copy(int from, int to) {
      if (from == to) {
        return;
      }
      int start = from == 0 ? 1 : ends[from - 1] + 1;
      ListingEncoder.comma(out);
      int shift = out.length() - start;
      out.appendBuffer(json, start, ends[to - 1] - start);
      room(to - from);
      System.arraycopy(ids, from, names, size, to - from);
      for (int i = from; i < to; i++) {
        places[size++] = ends[i] + shift;
      }
    }

    void add(String id, byte[] document) {
      ListingEncoder.name(out, id).appendBytes(document);
      room(1);
      names[size] = id;
      places[size++] = out.length();
    }

    ListingLayout done() {
      out.appendByte((byte) '}');
      return new ListingLayout(out, Arrays.copyOf(names, size), Arrays.copyOf(places, size));
    }

    private void room(int more) {
      if (size + more > names.length) {
        int length = Math.max(size + more, 2 * size);
        names = Arrays.copyOf(names, length);
        places = Arrays.copyOf(places, length);
      }
    }
  }
}
