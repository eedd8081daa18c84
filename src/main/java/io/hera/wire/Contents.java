package io.hera.wire;

import io.hera.registry.ContentHash;
import io.hera.registry.ContentVersion;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * The content of an instance: its names and all members of its document at the top level, in their order, as they stand there,
 * but for those that change with every heartbeat. White space between members is no content. Used by one thread.
 */
public final class Contents implements ContentHash {
  private final Set<String> volatileKeys;
  private byte[] bytes = new byte[256];
  private int size;

  /** Leaves out members of these names. */
  public Contents(Set<String> volatileKeys) {
    this.volatileKeys = Set.copyOf(volatileKeys);
  }

  @Override
  public ContentVersion of(String service, String id, byte[] document) {
    size = 0;
    add(service);
    add(id);
    Members members = new Members(document);
    while (members.next()) {
      if (!volatileKeys.contains(members.name())) {
        add(members.name());
        add(document, members.from(), members.to());
      }
    }
    return Murmur.hash(bytes, size);
  }

  private void add(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    add(utf8, 0, utf8.length);
  }

  /** Each piece ends with a byte that is in none. */
  private void add(byte[] source, int from, int to) {
    int more = to - from + 1;
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * size, size + more));
    }
    System.arraycopy(source, from, bytes, size, to - from);
    size += more;
    bytes[size - 1] = (byte) 0xff;
  }
}
