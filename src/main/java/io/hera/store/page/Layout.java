package io.hera.store.page;

import io.hera.registry.ContentVersion;
import io.hera.registry.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a listing, ids in {@link Key#BYTE_ORDER}: encoded, or if they are many bytes, as references to documents.
 * Immutable.
 */
sealed interface Layout permits ListingLayout, DocumentLayout, NearLayout {
  /** Returns the number of lines. */
  int size();

  /** Returns the ids of the lines. */
  Stream<String> ids();

  /**
   * Returns the layout after some lines have come, gone or changed; this one if none of them was or is in it.
   *
   * @param changed their ids, in {@link Key#BYTE_ORDER}
   * @param documents returns the document of a changed id, or null if it is gone
   */
  Layout with(SortedSet<String> changed, Function<String, byte @Nullable []> documents);

  /** Returns the listing of these lines. */
  Listing listing(ContentVersion content);

  /** Returns whether the listing is of this layout, and not of one before or after a change. */
  boolean isOf(Listing listing);

  /** Returns whether its form is that of a listing of so many bytes, if encoded ones have at most {@code joinedMax}. */
  boolean fits(long joinedMax);

  /** Returns the bytes of the listing. */
  long bytes();

  /** Returns the bytes of heap that it takes, besides documents of the registry. */
  long heapBytes();

  /**
   * Returns the layout of all lines that {@code lines} passes.
   *
   * @param joinedMax about how many bytes an encoded one may have
   */
  static Layout of(Consumer<BiConsumer<String, byte[]>> lines, long joinedMax) {
    Draft draft = new Draft();
    lines.accept(draft::add);
    return draft.bytes > joinedMax
        ? DocumentLayout.of(draft.ids, draft.documents)
        : ListingLayout.of(draft::forEach, (int) draft.bytes);
  }

  /** Lines before their form is chosen. */
  final class Draft {
    private final List<String> ids = new ArrayList<>();
    private final List<byte[]> documents = new ArrayList<>();
    private long bytes = 2;

    private void add(String id, byte[] document) {
      ids.add(id);
      documents.add(document);
      bytes += id.length() + document.length + 4;
    }

    private void forEach(BiConsumer<String, byte[]> reader) {
      for (int i = 0; i < ids.size(); i++) {
        reader.accept(ids.get(i), documents.get(i));
      }
    }
  }
}
