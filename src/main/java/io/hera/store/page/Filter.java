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

  /** Whether the document is that of an instance wanted. */
  public boolean fits(byte[] document) {
    Map<String, String> values = ObjectCursor.texts(document);
    return wanted.stream().allMatch(pair -> pair.getValue().equals(values.get(pair.getKey())));
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
      if (fits(instances.value())) {
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
