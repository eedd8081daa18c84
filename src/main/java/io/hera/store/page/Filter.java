package io.hera.store.page;

import io.hera.json.ObjectCursor;
import io.hera.registry.ContentHash;
import io.hera.registry.ContentVersion;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/**
 * Which instances of a service are wanted: those whose member at the top level has this value, for each pair. A string is
 * compared by what it stands for, anything else by how it is written.
 *
 * @param wanted name and value of members, all of which have to be there
 */
public record Filter(List<Map.Entry<String, String>> wanted) {
  /** All instances. */
  public static final Filter ALL = new Filter(List.of());

  /** Copies. */
  public Filter {
    wanted = List.copyOf(wanted);
  }

  /** Whether all instances are wanted. */
  public boolean isEmpty() {
    return wanted.isEmpty();
  }

  /**
   * Returns whether the document has all the members wanted, with these values.
   *
   * @param document a checked document; walked through up to the last member wanted, and not copied
   */
  public boolean matches(byte[] document) {
    int missing = wanted.size();
    ObjectCursor members = new ObjectCursor(document);
    while (missing > 0 && members.next()) {
      for (Map.Entry<String, String> pair : wanted) {
        if (members.isNamed(pair.getKey())) {
          if (!members.text().equals(pair.getValue())) {
            return false;
          }
          missing--;
        }
      }
    }
    return missing == 0;
  }

  /** What {@code page}, the JSON of a whole service, shows of the instances wanted. */
  public Buffer of(Buffer page) {
    if (isEmpty()) {
      return page;
    }
    byte[] whole = page.getBytes();
    Buffer json = Buffer.buffer().appendByte((byte) '{');
    ObjectCursor instances = new ObjectCursor(whole);
    while (instances.next()) {
      if (matches(instances.value())) {
        ListingEncoder.comma(json);
        json.appendBytes(whole, instances.start(), instances.end() - instances.start());
      }
    }
    return json.appendByte((byte) '}');
  }

  /** The same as a page with a content of its own. */
  public Listing of(String service, Listing page, ContentHash hash) {
    if (isEmpty()) {
      return page;
    }
    Buffer json = of(page.json());
    ContentVersion content = ContentVersion.NONE;
    ObjectCursor instances = new ObjectCursor(json.getBytes());
    while (instances.next()) {
      content = content.plus(hash.of(service, instances.name(), instances.value()));
    }
    return new Listing(json, content);
  }
}
