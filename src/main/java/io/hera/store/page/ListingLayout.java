package io.hera.store.page;

import io.hera.registry.ContentVersion;
import io.hera.registry.Key;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The encoded listing of a service, with the position of each instance in it. Immutable.
 *
 * <p>The next listing is spliced from this one: unchanged lines are copied in runs, and only
 * changed ones are encoded. A heartbeat with a new document in a service of 1,000 instances
 * therefore costs one encoded line and a copy of memory.
 *
 * <p>The listing is an object, {@code {"id":document,"id":document}}, ids in byte order; a line is
 * one of its members.
 */
public final class ListingLayout implements Layout {
  private final Buffer json;
  private final String[] ids;
  /** The end of each line, before its comma or the last brace. */
  private final int[] ends;

  private ListingLayout(Buffer json, String[] ids, int[] ends) {
    this.json = json;
    this.ids = ids;
    this.ends = ends;
  }

  /** Returns the listing without instances. */
  static ListingLayout empty() {
    return new ListingLayout(Buffer.buffer("{}"), new String[0], new int[0]);
  }

  /** Returns the listing of all lines that {@code lines} passes, ids in {@link Key#BYTE_ORDER}. */
  public static ListingLayout of(Consumer<BiConsumer<String, byte[]>> lines) {
    return of(lines, 0);
  }

  /** Returns the same; room for {@code bytesHint} saves copies of a long one that grows. */
  static ListingLayout of(Consumer<BiConsumer<String, byte[]>> lines, int bytesHint) {
    Draft draft = empty().new Draft(bytesHint);
    lines.accept(draft::add);
    return draft.done();
  }

  /** Returns the encoded listing; not to be modified. */
  public Buffer json() {
    return json;
  }

  @Override
  public int size() {
    return ids.length;
  }

  @Override
  public Stream<String> ids() {
    return Arrays.stream(ids);
  }

  @Override
  public ListingLayout with(
      SortedSet<String> changed, Function<String, byte @Nullable []> documents) {
    Draft draft = null;
    int next = 0;
    for (String id : changed) {
      int found = Arrays.binarySearch(ids, next, ids.length, id, Key.BYTE_ORDER);
      byte[] document = documents.apply(id);
      if (found >= 0 || document != null) {
        draft = draft == null ? new Draft(json.length()) : draft;
        next = draft.replace(next, found, id, document);
      }
    }
    return draft == null ? this : draft.rest(next);
  }

  @Override
  public Listing listing(ContentVersion content) {
    return new Listing(json, content);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // a spliced layout has other bytes
  public boolean isOf(Listing listing) {
    return listing.plain() == json;
  }

  @Override
  public boolean fits(long joinedMax) {
    return bytes() <= joinedMax;
  }

  @Override
  public long bytes() {
    return json.length();
  }

  @Override
  public long heapBytes() {
    return json.length();
  }

  /** A listing under construction. */
  private final class Draft {
    private final Buffer out;
    private String[] names = new String[ids.length + 16];
    private int[] places = new int[ids.length + 16];
    private int size;

    Draft(int bytesHint) {
      out = Buffer.buffer(bytesHint + 256).appendByte((byte) '{');
    }

    /** Copies the lines up to one that has changed, and adds that; returns which line comes next. */
    int replace(int from, int found, String id, byte @Nullable [] document) {
      int end = found < 0 ? -found - 1 : found;
      copy(from, end);
      if (document != null) {
        add(id, document);
      }
      return found < 0 ? end : found + 1;
    }

    ListingLayout rest(int from) {
      copy(from, ids.length);
      return done();
    }

    /** Copies the lines from {@code from} to before {@code to}, with the commas between them. */
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
