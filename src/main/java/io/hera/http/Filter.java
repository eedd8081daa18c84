package io.hera.http;

import io.hera.registry.ContentHash;
import io.hera.registry.ContentVersion;
import io.hera.store.Page;
import io.hera.store.PageEncoder;
import io.hera.wire.Members;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/**
 * Which instances of a service are wanted: those whose member at the top level has this value, for each pair. A string is
 * compared by what it stands for, anything else by how it is written.
 *
 * @param wanted name and value of members, all of which have to be there
 */
record Filter(List<Map.Entry<String, String>> wanted) {
  static final Filter ALL = new Filter(List.of());

  Filter {
    wanted = List.copyOf(wanted);
  }

  boolean isEmpty() {
    return wanted.isEmpty();
  }

  /** What {@code page}, the whole of {@code service}, shows of the instances wanted. */
  Page of(String service, Page page, ContentHash hash) {
    if (isEmpty()) {
      return page;
    }
    byte[] whole = page.json().getBytes();
    Buffer json = Buffer.buffer().appendByte((byte) '{');
    ContentVersion content = ContentVersion.NONE;
    Members instances = new Members(whole);
    while (instances.next()) {
      byte[] document = instances.value();
      if (fits(document)) {
        PageEncoder.comma(json);
        json.appendBytes(whole, instances.start(), instances.end() - instances.start());
        content = content.plus(hash.of(service, instances.name(), document));
      }
    }
    return new Page(json.appendByte((byte) '}'), content);
  }

  private boolean fits(byte[] document) {
    Map<String, String> values = Members.texts(document);
    return wanted.stream().allMatch(pair -> pair.getValue().equals(values.get(pair.getKey())));
  }
}
