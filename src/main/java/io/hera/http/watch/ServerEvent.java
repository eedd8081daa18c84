package io.hera.http.watch;

import io.hera.http.EventText;
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
    return withoutId(ofAll());
  }

  /** Returns one of the forms of this event without its id. */
  Buffer withoutId(Buffer whole) {
    return whole.getBuffer(id().line().length(), whole.length());
  }

  /** Returns the event for streams of some instances, among which this one no longer is. */
  Buffer unmatched() {
    return delete(Map.of(), "unmatched");
  }

  private EventText.Id id() {
    return new EventText.Id(life, number);
  }

  private Buffer encode(Map<String, String> members) {
    byte[] document = change.after();
    if (document == null) {
      return delete(members, change.kind().word());
    }
    Buffer json = object(members);
    ListingEncoder.name(json, "instance").appendBytes(document).appendString("}");
    return EventText.of(id(), "put", json);
  }

  private Buffer delete(Map<String, String> members, String reason) {
    Buffer json = object(members);
    ListingEncoder.text(ListingEncoder.name(json, "reason"), reason).appendString("}");
    return EventText.of(id(), "delete", json);
  }

  private Buffer object(Map<String, String> members) {
    Buffer json = Buffer.buffer("{");
    members.forEach((name, value) -> ListingEncoder.text(ListingEncoder.name(json, name), value));
    return ListingEncoder.text(ListingEncoder.name(json, "id"), change.key().id());
  }
}
