package io.hera.http.api;

import io.hera.access.ServiceSet;
import io.hera.http.Exchange;
import io.hera.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The services that the sender of one batch may write. It leaves out the items of all others and names their services, whether they or
 * their instances exist or not. Used once.
 */
final class Scope {
  /** Bytes of the names in a reply, which must not be much larger than the reply to a good batch. */
  private static final int NAMES_BYTES_MAX = 500;

  private final ServiceSet writable;
  private final Set<String> named = new LinkedHashSet<>();
  private int bytes;

  Scope(Exchange exchange) {
    this.writable = exchange.caller().grants().writes();
  }

  /** Returns the items that the sender may write, and those whose service could not be read. */
  List<BatchItem> within(List<BatchItem> items) {
    return writable.isAll() ? items : items.stream().filter(this::isWithin).toList();
  }

  private boolean isWithin(BatchItem item) {
    String service = item.service();
    boolean within = service.isEmpty() || writable.test(service);
    if (!within && !named.contains(service)) {
      name(service);
    }
    return within;
  }

  private void name(String service) {
    int length = service.getBytes(StandardCharsets.UTF_8).length + 3;
    if (bytes + length <= NAMES_BYTES_MAX) {
      bytes += length;
      named.add(service);
    }
  }

  /** Writes {@code ,"forbidden":["orders"]}, the first services that were left out; nothing if there are none. */
  void write(JsonWriter out) {
    if (named.isEmpty()) {
      return;
    }
    out.ascii(",\"forbidden\":[");
    String separator = "";
    for (String service : named) {
      out.ascii(separator).string(service);
      separator = ",";
    }
    out.raw(']');
  }
}
