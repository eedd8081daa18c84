package io.hera.wire;

import io.hera.json.JsonChecker;
import io.hera.json.JsonScanner;
import io.hera.json.Malformed;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.Registration;
import io.hera.registry.Tombstone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reader of all arrays of entries in one answer of version 2. Part of {@link V2Reader}. */
final class V2Entries {
  private final byte[] body;
  private final JsonScanner in;
  private final JsonChecker values;
  private final int entriesMax;
  private int count;
  private int quarantined;

  V2Entries(byte[] body, JsonScanner in, JsonChecker values, int entriesMax) {
    this.body = body;
    this.in = in;
    this.values = values;
    this.entriesMax = entriesMax;
  }

  /** The entries of one origin that were read so far. */
  static final class Read {
    private final List<Entry> registrations = new ArrayList<>();
    private final List<Entry> tombstones = new ArrayList<>();

    /**
     * Returns the entries in ascending order of versions; at equal versions, registrations first.
     */
    List<Entry> sorted() {
      List<Entry> all = new ArrayList<>(registrations);
      all.addAll(tombstones);
      all.sort(Comparator.comparingLong(Entry::version));
      return all;
    }
  }

  private interface Keys {
    @Nullable
    Key of(String service, String id);
  }

  private interface Reader {
    @Nullable
    Entry read(Keys keys) throws Malformed;
  }

  int quarantined() {
    return quarantined;
  }

  void registrations(Read read) throws Malformed {
    all(this::registration, EntryRules::key, read.registrations);
  }

  void tombstones(Read read) throws Malformed {
    all(this::tombstone, EntryRules::key, read.tombstones);
  }

  /** Reads drains (P18). */
  void drains(Read read) throws Malformed {
    all(this::registration, EntryRules::drain, read.registrations);
  }

  /** Reads tombstones of drains. */
  void drainTombstones(Read read) throws Malformed {
    all(this::tombstone, EntryRules::drain, read.tombstones);
  }

  private void all(Reader reader, Keys keys, List<Entry> kept) throws Malformed {
    in.expect('[');
    if (in.accept(']')) {
      return;
    }
    do {
      if (++count > entriesMax) {
        throw in.fail("the answer has more than " + entriesMax + " entries");
      }
      in.expect('[');
      Entry entry = reader.read(keys);
      if (entry == null) {
        quarantined++;
      } else {
        kept.add(entry);
      }
      while (in.more(']')) {
        values.value(1);
      }
    } while (in.more(']'));
  }

  private @Nullable Entry registration(Keys keys) throws Malformed {
    Key key = key(keys);
    in.expect(',');
    byte[] document = document();
    in.expect(',');
    long version = in.natural();
    in.expect(',');
    long age = in.natural();
    in.expect(',');
    long ttl = in.natural();
    boolean restored = in.accept(',') && isRestored();
    return key == null || document == null || ttl == 0
        ? null
        : new Registration(key, document, version, age, ttl, restored);
  }

  /** Reads the seventh element: 1 for a restored entry (P14); a later version may have other values. */
  private boolean isRestored() throws Malformed {
    in.peek();
    int start = in.at();
    values.value(1);
    return in.at() == start + 1 && body[start] == '1';
  }

  private @Nullable Entry tombstone(Keys keys) throws Malformed {
    Key key = key(keys);
    in.expect(',');
    long version = in.natural();
    in.expect(',');
    long age = in.natural();
    return key == null ? null : new Tombstone(key, version, age);
  }

  /** Reads a key; returns null if it breaks the rules for names. */
  private @Nullable Key key(Keys keys) throws Malformed {
    String service = in.text();
    in.expect(',');
    String id = in.text();
    return keys.of(service, id);
  }

  /**
   * Reads a document: all bytes between the two commas; returns null if it breaks the rules. White
   * space around the object is part of it: a client may have put a file that ends with a line
   * break.
   */
  private byte @Nullable [] document() throws Malformed {
    int start = in.at();
    try {
      values.document();
      in.peek();
    } catch (Malformed flaw) {
      in.goTo(start);
      in.skip();
      return null;
    }
    return in.at() - start > EntryRules.DOCUMENT_BYTES_MAX
        ? null
        : Arrays.copyOfRange(body, start, in.at());
  }
}
