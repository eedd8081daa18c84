package io.hera.store;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The last changes of content, for readers that were cut off or cannot keep up; bounded by number and by bytes. One per node.
 *
 * <p>One writer, the store verticle; any thread may read. A batch is immutable and is put into a concurrent map before {@link
 * #last} moves, so a reader that sees the number finds the change. The log may drop old changes at any time: a reader asks for
 * each change and starts anew from a listing when it is gone. Changes are kept in the batches in which they were published, so
 * changes that nothing follows cost next to nothing.
 */
public final class ChangeLog {
  private static final int CHANGES_MAX = 1 << 14;

  /** Of documents; readers may keep each twice more, in two encodings. */
  private static final long BYTES_MAX = 8 << 20;

  private final NavigableMap<Long, Changes> batches = new ConcurrentSkipListMap<>();
  private volatile long last;
  private volatile long younger = 1;
  /** Used by the writer only. */
  private long bytes;

  /** Used by the writer only: the bytes of the changes from {@link #younger} on. */
  private long youngerBytes;

  /** Returns the number of the last change in the log; 0 before the first. */
  public long last() {
    return last;
  }

  /** Returns the number of the first change in the younger half of the log. A reader that needs older changes should hurry. */
  public long younger() {
    return younger;
  }

  /**
   * Returns whether no change after the one of this number is missing here. A listing may already include changes that are about
   * to be added: so a number a little above {@link #last} is continued as well.
   */
  public boolean continuesAfter(long number) {
    Map.Entry<Long, Changes> oldest = batches.firstEntry();
    long complete = oldest == null ? last : oldest.getKey() - 1;
    return number >= complete && number <= last + CHANGES_MAX;
  }

  /** Returns the batch with the change of this number; empty if the log has dropped it, or does not have it yet. */
  public Optional<Changes> batch(long number) {
    Map.Entry<Long, Changes> batch = batches.floorEntry(number);
    return batch == null || number > batch.getValue().last()
        ? Optional.empty()
        : Optional.of(batch.getValue());
  }

  /** Adds a batch, whatever it takes: its readers are about to get it. Called by the one writer. */
  void add(Changes batch) {
    batches.put(batch.first(), batch);
    bytes += batch.bytes();
    youngerBytes += batch.bytes();
    grow(batch);
    last = batch.last();
    while (batches.firstKey() < batch.first()
        && (bytes > BYTES_MAX || last - batches.firstKey() >= CHANGES_MAX)) {
      bytes -= batches.pollFirstEntry().getValue().bytes();
    }
  }

  /** Moves the beginning of the younger half on, as a batch is added. */
  private void grow(Changes newest) {
    while (youngerBytes > BYTES_MAX / 2 || newest.last() - younger >= CHANGES_MAX / 2) {
      Changes oldest = batches.get(younger);
      if (oldest == null || oldest.first() == newest.first()) {
        return;
      }
      youngerBytes -= oldest.bytes();
      younger = oldest.last() + 1;
    }
  }
}
