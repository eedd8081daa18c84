package io.hera.http;

import io.hera.registry.Change;
import io.hera.store.page.ListingEncoder;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change as an event of a stream (WHATWG HTML, 9.2): encoded when somebody first wants it, sent to many. Owned by {@link
 * RecentEvents}.
 */
final class ServerEvent {
  private final String life;
  private final long number;
  private final Change change;
  private @Nullable Buffer ofService;
  private @Nullable Buffer ofAll;

  /**
   * The change with this number in the life of the node.
   *
   * @param life of the node: another one counts anew
   */
  ServerEvent(String life, long number, Change change) {
    this.life = life;
    this.number = number;
    this.change = change;
  }

  long number() {
    return number;
  }

  Change change() {
    return change;
  }

  /** The event for who follows the service. */
  Buffer ofService() {
    if (ofService == null) {
      ofService = encode(Map.of());
    }
    return ofService;
  }

  /** The event for who follows all services. */
  Buffer ofAll() {
    if (ofAll == null) {
      ofAll = encode(Map.of("service", change.key().service()));
    }
    return ofAll;
  }

  /** The event for who follows some instances of the service, to which this one does not belong any more. */
  Buffer unmatched() {
    return delete(Map.of(), "unmatched");
  }

  private Buffer encode(Map<String, String> members) {
    byte[] document = change.after();
    if (document == null) {
      return delete(members, change.kind().name().toLowerCase(Locale.ROOT));
    }
    Buffer json = object(members);
    ListingEncoder.name(json, "instance").appendBytes(document).appendString("}");
    return text(life, number, "put", json);
  }

  private Buffer delete(Map<String, String> members, String reason) {
    Buffer json = object(members);
    ListingEncoder.text(ListingEncoder.name(json, "reason"), reason).appendString("}");
    return text(life, number, "delete", json);
  }

  private Buffer object(Map<String, String> members) {
    Buffer json = Buffer.buffer("{");
    members.forEach((name, value) -> ListingEncoder.text(ListingEncoder.name(json, name), value));
    return ListingEncoder.text(ListingEncoder.name(json, "id"), change.key().id());
  }

  /** An event that brings whoever gets it up to the change with this number. */
  static Buffer text(String life, long number, String type, Buffer json) {
    return lines(head(life, number, type), json).appendString("\n\n");
  }

  /** The beginning of such an event, up to its data. The client gives the id as {@code Last-Event-ID} when it comes back. */
  static Buffer head(String life, long number, String type) {
    return Buffer.buffer("id: " + life + ":" + number + "\nevent: " + type + "\ndata: ");
  }

  /** A document keeps the line breaks that it came with: each begins a line of data. */
  static Buffer lines(Buffer text, Buffer json) {
    int from = 0;
    for (int i = 0; i < json.length(); i++) {
      byte at = json.getByte(i);
      if (at == '\n' || at == '\r') {
        text.appendBuffer(json, from, i - from).appendString("\ndata: ");
        boolean pair = at == '\r' && i + 1 < json.length() && json.getByte(i + 1) == '\n';
        i = pair ? i + 1 : i;
        from = i + 1;
      }
    }
    return text.appendBuffer(json, from, json.length() - from);
  }
}
