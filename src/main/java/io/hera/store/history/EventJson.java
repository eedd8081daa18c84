package io.hera.store.history;

import io.hera.json.JsonWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON form of events, for clients and for the file of events. */
public final class EventJson {
  private EventJson() {}

  /** Appends a page of events as one object; {@code life} is that of the node. */
  public static void write(JsonWriter out, EventPage page, String life) {
    out.ascii("\"first\":").number(page.first()).ascii(",\"last\":").number(page.last());
    out.ascii(",\"events\":[");
    String separator = "";
    for (HistoryEvent event : page.events()) {
      write(out.ascii(separator), event, life);
      separator = ",";
    }
    out.raw(']');
  }

  /**
   * Appends an event as an object.
   *
   * @param life the event names its own if it is another one; empty to name it always
   */
  public static void write(JsonWriter out, HistoryEvent event, String life) {
    out.ascii("{\"n\":").number(event.number()).ascii(",\"at\":").number(event.atMillis());
    if (!event.life().equals(life)) {
      out.ascii(",\"life\":").string(event.life());
    }
    out.ascii(",\"type\":").string(event.type().word());
    subject(out, event);
    out.ascii(",\"instances\":").number(event.instances());
    if (event.folded() > 0) {
      out.ascii(",\"folded\":").number(event.folded());
    }
    out.ascii(",\"documents\":").ascii(Boolean.toString(event.documents() != null));
    cause(out, event.cause());
    out.ascii(",\"why\":").string(Explanation.of(event)).raw('}');
  }

  /** Only an instance has an id and times, and the whole node has nothing. */
  private static void subject(JsonWriter out, HistoryEvent event) {
    if (event.type().isOfNode()) {
      return;
    }
    out.ascii(",\"service\":").string(event.service());
    if (event.type().isOfInstance()) {
      out.ascii(",\"id\":").string(event.id());
    }
    out.ascii(",\"origin\":").string(event.origin());
    if (event.type().isOfInstance()) {
      out.ascii(",\"version\":").number(event.times().version());
      out.ascii(",\"ttl_ms\":").number(event.times().ttlMillis());
      out.ascii(",\"age_ms\":").number(event.times().ageMillis());
    }
  }

  /** {@code by} is there only at the node that has accepted the write. */
  private static void cause(JsonWriter out, Cause cause) {
    if (cause instanceof Cause.Client client) {
      out.ascii(",\"by\":").string(client.address());
    }
    out.ascii(",\"cause\":{\"kind\":").string(cause.kind());
    if (cause instanceof Cause.Client client) {
      out.ascii(",\"address\":").string(client.address());
      if (!client.identity().isEmpty()) {
        out.ascii(",\"token\":").string(client.identity());
      }
    } else if (cause instanceof Cause.Gossip gossip) {
      out.ascii(",\"peer\":").string(gossip.peer());
    } else if (cause instanceof Cause.Absent absent) {
      out.ascii(",\"peer\":").string(absent.peer());
    } else if (cause instanceof Cause.Drain drain) {
      text(out, "selector", drain.selector());
      text(out, "reason", drain.reason());
      text(out, "by", drain.by());
    } else if (cause instanceof Cause.Silence silence) {
      out.ascii(",\"silent\":").number(silence.silent());
      out.ascii(",\"shown\":").number(silence.shown());
      out.ascii(",\"since\":").number(silence.sinceMillis());
    }
    out.raw('}');
  }

  private static void text(JsonWriter out, String name, String text) {
    if (!text.isEmpty()) {
      out.raw(',').string(name).raw(':').string(text);
    }
  }

  /** Appends the documents of an event as the members {@code before} and {@code after}, which may be null. */
  public static void documents(JsonWriter out, HistoryEvent event) {
    HistoryEvent.Documents documents = event.documents();
    document(out.ascii("\"before\":"), documents == null ? null : documents.before());
    document(out.ascii(",\"after\":"), documents == null ? null : documents.after());
  }

  private static void document(JsonWriter out, byte @Nullable [] document) {
    if (document == null) {
      out.ascii("null");
    } else {
      out.raw(document);
    }
  }

  /** Returns the instances per service at one moment as an object. */
  public static byte[] counts(List<Map.Entry<String, Integer>> counts) {
    JsonWriter out = new JsonWriter(16 * counts.size()).raw('{');
    String separator = "";
    for (Map.Entry<String, Integer> count : counts) {
      out.ascii(separator).string(count.getKey()).raw(':').number(count.getValue());
      separator = ",";
    }
    return out.raw('}').toBytes();
  }
}
