package io.hera.http.history;

import io.hera.http.EventText;
import io.hera.json.JsonWriter;
import io.hera.store.history.EventJson;
import io.hera.store.history.EventType;
import io.hera.store.history.HistoryEvent;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The events that a stream holds back until its window ends, or their sum if they are many. Owned by {@link HistoryStream}. */
final class Burst {
  /** Services that the sum names; it counts the others. */
  static final int SERVICES_MAX = 100;

  private final Map<EventType, Long> types = new EnumMap<>(EventType.class);
  /** Service → its instances after the last of its events. */
  private final Map<String, Integer> services = new LinkedHashMap<>();

  private final List<SharedEvent> few = new ArrayList<>();
  private long first;
  private long count;
  private @Nullable SharedEvent last;

  void add(SharedEvent event) {
    HistoryEvent one = event.event();
    first = count == 0 ? one.number() : first;
    count++;
    last = event;
    types.merge(one.type(), 1L, Long::sum);
    if (!one.service().isEmpty()) {
      services.put(one.service(), one.instances());
    }
    if (few.size() < HistoryStream.SINGLE_MAX) {
      few.add(event);
    }
  }

  /** Returns the events if they are few; none if they are to be summed up. */
  List<SharedEvent> few() {
    return count > few.size() ? List.of() : few;
  }

  /** Returns their sum, as an event that brings the client up to the last of them. */
  Buffer text() {
    SharedEvent end = Objects.requireNonNull(last);
    JsonWriter out = new JsonWriter(1_024);
    out.ascii("{\"first\":").number(first).ascii(",\"last\":").number(end.number());
    out.ascii(",\"at\":").number(end.event().atMillis()).ascii(",\"types\":{");
    String separator = "";
    for (Map.Entry<EventType, Long> type : types.entrySet()) {
      out.ascii(separator).string(type.getKey().word()).raw(':').number(type.getValue());
      separator = ",";
    }
    out.ascii("},\"services\":");
    out.raw(EventJson.counts(services.entrySet().stream().limit(SERVICES_MAX).toList()));
    int leftOut = services.size() - SERVICES_MAX;
    if (leftOut > 0) {
      out.ascii(",\"services_left_out\":").number(leftOut);
    }
    out.raw('}');
    return EventText.of(end.id(), "burst", Buffer.buffer(out.toBytes()));
  }
}
