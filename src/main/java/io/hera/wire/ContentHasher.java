package io.hera.wire;

import io.hera.json.ObjectCursor;
import io.hera.registry.ContentHash;
import io.hera.registry.ContentVersion;
import java.util.Arrays;
import java.util.Set;

/**
 * The content of an instance: its names and all members of its document at the top level, in their order, as they stand there,
 * but for those that change with every heartbeat. White space between members is no content. Used by one thread.
 */
public final class ContentHasher implements ContentHash {
  private final Set<String> volatileKeys;
  private final int[] volatileHashes;
  private byte[] bytes = new byte[256];
  private int size;

  /** Leaves out members of these names. */
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

  /** Makes a string of the name only if it probably is. */
  private boolean isVolatile(ObjectCursor members) {
    for (int hash : volatileHashes) {
      if (hash == members.nameHash()) {
        return volatileKeys.contains(members.name());
      }
    }
    return false;
  }

  /** Its length, and two bytes a character. */
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

  /** A piece of a document, and a byte that is in none. */
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
