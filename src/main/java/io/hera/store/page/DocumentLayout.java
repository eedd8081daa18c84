package io.hera.store.page;

import io.hera.registry.ContentVersion;
import io.hera.registry.Key;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A listing of many bytes, which are never in one place: replies are encoded piece by piece, from the documents of the
 * registry. So it takes two references per instance, where an encoded one would take as much memory as its documents.
 */
final class DocumentLayout implements Layout {
  private static final byte[] OPEN = {'{'};
  private static final byte[] COMMA = {','};
  private static final byte[] CLOSE = {'}'};

  private static final int HEAP_PER_LINE = 24;

  private final String[] ids;
  private final byte[][] documents;
  /** The end of each line in the listing, before its comma or the last brace. */
  private final long[] ends;

  private DocumentLayout(String[] ids, byte[][] documents) {
    this.ids = ids;
    this.documents = documents;
    this.ends = new long[ids.length];
    long end = 0;
    for (int i = 0; i < ids.length; i++) {
      end += 1 + name(i).length + documents[i].length;
      ends[i] = end;
    }
  }

  static DocumentLayout of(List<String> ids, List<byte[]> documents) {
    return new DocumentLayout(ids.toArray(new String[0]), documents.toArray(new byte[0][]));
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
  public DocumentLayout with(
      SortedSet<String> changed, Function<String, byte @Nullable []> documentOf) {
    List<String> names = new ArrayList<>(ids.length + changed.size());
    List<byte[]> values = new ArrayList<>(ids.length + changed.size());
    int next = 0;
    boolean differs = false;
    for (String id : changed) {
      int found = Arrays.binarySearch(ids, next, ids.length, id, Key.BYTE_ORDER);
      int end = found < 0 ? -found - 1 : found;
      names.addAll(Arrays.asList(ids).subList(next, end));
      values.addAll(Arrays.asList(documents).subList(next, end));
      next = found < 0 ? end : found + 1;
      byte[] document = documentOf.apply(id);
      if (document != null) {
        names.add(id);
        values.add(document);
      }
      differs |= found >= 0 || document != null;
    }
    names.addAll(Arrays.asList(ids).subList(next, ids.length));
    values.addAll(Arrays.asList(documents).subList(next, ids.length));
    return differs ? of(names, values) : this;
  }

  @Override
  public Listing listing(ContentVersion content) {
    return new Listing(new DocumentsPage(this), content);
  }

  @Override
  public boolean isOf(Listing listing) {
    return listing.page() instanceof DocumentsPage page && page.layout() == this;
  }

  @Override
  public boolean fits(long joinedMax) {
    return bytes() > joinedMax / 2;
  }

  @Override
  public long bytes() {
    return 1 + (ids.length == 0 ? 1 : ends[ids.length - 1]);
  }

  @Override
  public long heapBytes() {
    return (long) HEAP_PER_LINE * ids.length;
  }

  /** Returns the bytes of the listing from {@code from} to before {@code to}. */
  Buffer encode(long from, long to) {
    Buffer out = Buffer.buffer((int) (to - from));
    int found = Arrays.binarySearch(ends, from);
    int line = found >= 0 ? found + 1 : -found - 1;
    Window window = new Window(out, from, to);
    for (long at = line == 0 ? 0 : ends[line - 1];
        line < ids.length && at < to;
        at = ends[line++]) {
      window.add(at, line == 0 ? OPEN : COMMA);
      byte[] name = name(line);
      window.add(at + 1, name);
      window.add(at + 1 + name.length, documents[line]);
    }
    if (ids.length == 0) {
      window.add(0, OPEN);
    }
    window.add(bytes() - 1, CLOSE);
    return out;
  }

  /** The part of the listing that is wanted. */
  private record Window(Buffer out, long from, long to) {
    /** Adds of {@code bytes}, which begin at {@code at}, the bytes in the window. */
    void add(long at, byte[] bytes) {
      int first = (int) Math.max(0, Math.min(bytes.length, from - at));
      int last = (int) Math.max(first, Math.min(bytes.length, to - at));
      out.appendBytes(bytes, first, last - first);
    }
  }

  private byte[] name(int line) {
    return ListingEncoder.text(Buffer.buffer(), ids[line])
        .appendByte((byte) ':')
        .getBytes();
  }
}
