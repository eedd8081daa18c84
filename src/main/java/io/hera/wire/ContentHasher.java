package io.hera.wire;

import io.hera.json.CanonicalForm;
import io.hera.json.DocumentDifference;
import io.hera.json.ObjectCursor;
import io.hera.registry.ContentHash;
import io.hera.registry.ContentVersion;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A hash of the content of an instance. Used by one thread.
 *
 * <p>The content is the service, the id, and the document in its {@link CanonicalForm}, without the
 * top-level members that change with every heartbeat. So the order of members and white space do
 * not count, at any depth: clients whose maps have no order send the same content.
 *
 * <p>The hash is computed only if a document differs from the one shown before in more than a time.
 */
public final class ContentHasher implements ContentHash {
  private final Set<String> volatileKeys;
  private final CanonicalForm form;
  private byte[] bytes = new byte[256];
  private int size;

  /** Creates a hasher that leaves out the members of these names. */
  public ContentHasher(Set<String> volatileKeys) {
    this.volatileKeys = Set.copyOf(volatileKeys);
    this.form = new CanonicalForm(volatileKeys);
  }

  @Override
  public ContentVersion of(String service, String id, byte[] document) {
    size = 0;
    add(service);
    add(id);
    add(form.of(document));
    return Murmur.hash(bytes, size);
  }

  @Override
  public boolean isSame(byte[] before, byte[] after) {
    return DocumentDifference.isInValueOf(volatileKeys, before, after);
  }

  @Override
  public Map<String, String> members(byte[] document, Set<String> names) {
    Map<String, String> found = new HashMap<>();
    ObjectCursor members = new ObjectCursor(document);
    while (members.next()) {
      String name = members.name();
      if (names.contains(name) && !members.isStructure()) {
        found.putIfAbsent(name, members.text());
      }
    }
    return found;
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

  private void add(byte[] source) {
    room(source.length);
    System.arraycopy(source, 0, bytes, size, source.length);
    size += source.length;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * size, size + more));
    }
  }
}
