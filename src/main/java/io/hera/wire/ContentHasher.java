package io.hera.wire;

import io.hera.json.ObjectCursor;
import io.hera.registry.ContentHash;
import io.hera.registry.ContentVersion;
import java.util.Arrays;
import java.util.Set;

/**
 * A hash of the content of an instance. Used by one thread.
 *
 * <p>The content is the service, the id, and the top-level members of the document: their bytes, in
 * their order. Members that change with every heartbeat and white space between members are not
 * content.
 */
public final class ContentHasher implements ContentHash {
  private final Set<String> volatileKeys;
  private final int[] volatileHashes;
  private byte[] bytes = new byte[256];
  private int size;

  /** Creates a hasher that leaves out the members of these names. */
  public ContentHasher(Set<String> volatileKeys) {
    this.volatileKeys = Set.copyOf(volatileKeys);
    this.volatileHashes = volatileKeys.stream().mapToInt(String::hashCode).toArray();
  }

  @Override
  public ContentVersion of(String service, String id, byte[] document) {
    size = 0;
    add(service);
    add(id);
    ObjectCursor members = new ObjectCursor(document);
    while (members.next()) {
      if (!isVolatile(members)) {
        add(document, members.start(), members.nameEnd());
        add(document, members.from(), members.to());
      }
    }
    return Murmur.hash(bytes, size);
  }

  /**
   * Compares hashes first, so it makes a string of the name only if the name is probably volatile.
   */
  private boolean isVolatile(ObjectCursor members) {
    for (int hash : volatileHashes) {
      if (hash == members.nameHash()) {
        return volatileKeys.contains(members.name());
      }
    }
    return false;
  }

  /** Adds the length, and two bytes per character. */
  private void add(String text) {
    room(2 * text.length() + 2);
    add(text.length());
    for (int i = 0; i < text.length(); i++) {
      add(text.charAt(i));
    }
  }

  private void add(int number) {
    bytes[size++] = (byte) number;
    bytes[size++] = (byte) (number >> 8);
  }

  /** Adds a range of a document, and a byte that UTF-8 never contains. */
  private void add(byte[] source, int from, int to) {
    room(to - from + 1);
    System.arraycopy(source, from, bytes, size, to - from);
    size += to - from;
    bytes[size++] = (byte) 0xff;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * size, size + more));
    }
  }
}
