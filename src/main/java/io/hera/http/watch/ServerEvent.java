package io.hera.http.watch;

import io.hera.registry.Change;
import io.hera.store.LoggedChange;
import io.hera.store.page.ListingEncoder;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change as an event of a stream (WHATWG HTML, 9.2): encoded when a stream first needs it, written to many. Kept with the change
 * and shared by threads; two that need the same encoding at once both make it.
 */
final class ServerEvent {
  private final String life;
  private final long number;
  private final Change change;
  private volatile @Nullable Buffer ofService;
  private volatile @Nullable Buffer ofAll;

  /**
   * The event of one change.
   *
   * @param life of the node: another one counts anew
   */
  ServerEvent(String life, LoggedChange logged) {
    this.life = life;
    this.number = logged.number();
    this.change = logged.change();
  }

  long number() {
    return number;
  }

  Change change() {
    return change;
  }

  /** Returns the event for streams of the service. */
  Buffer ofService() {
    Buffer known = ofService;
    if (known == null) {
      known = encode(Map.of());
      ofService = known;
    }
    return known;
  }

  /** Returns the event for streams of all services. */
  Buffer ofAll() {
    Buffer known = ofAll;
    if (known == null) {
      known = encode(Map.of("service", change.key().service()));
      ofAll = known;
    }
    return known;
  }

  /** Returns the event for streams of all services, without an id. */
  Buffer ofAllWithoutId() {
    Buffer whole = ofAll();
    return whole.getBuffer(id(life, number).length(), whole.length());
  }

  /** Returns the event for streams of some instances, among which this one no longer is. */
  Buffer unmatched() {
    return delete(Map.of(), "unmatched");
  }

  private Buffer encode(Map<String, String> members) {
    byte[] document = change.after();
    if (document == null) {
      return delete(members, change.kind().word());
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

  /** Returns an event that brings the client up to the change of this number. */
  static Buffer text(String life, long number, String type, Buffer json) {
    return lines(head(life, number, type), json).appendString("\n\n");
  }

  /** Returns the beginning of such an event, up to its data. A client that comes back sends its id as {@code Last-Event-ID}. */
  static Buffer head(String life, long number, String type) {
    return id(life, number).appendBuffer(head(type));
  }

  /** Returns the beginning of an event without an id, up to its data. */
  static Buffer head(String type) {
    return Buffer.buffer("event: " + type + "\ndata: ");
  }

  /** Returns the line with an id. A client notes the id of a block that has no other lines, too. */
  static Buffer id(String life, long number) {
    return Buffer.buffer("id: " + life + ":" + number + "\n");
  }

  /** Appends JSON as data: a document keeps the line breaks that it came with, and each begins a line. */
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
