package io.hera.bus;

import io.hera.registry.Key;
import io.hera.store.page.Filter;
import io.hera.wire.Durations;
import io.hera.wire.Names;
import io.vertx.core.json.EncodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.OptionalLong;

/** A message to the registry, of which nothing is believed before it was looked at. */
final class Request {
  private final JsonObject body;

  Request(Object body) throws Refused {
    if (!(body instanceof JsonObject json)) {
      throw Refused.invalidRequest("the message is no JsonObject");
    }
    this.body = json;
  }

  Key key() throws Refused {
    String id = text("id");
    refuse("id", Names.flawOfId(id).orElse(""));
    return new Key(service(), id);
  }

  boolean hasId() {
    return body.containsKey("id");
  }

  String service() throws Refused {
    String service = text("service");
    refuse("service", Names.flawOfService(service).orElse(""));
    return service;
  }

  /** The document to register, not checked yet. */
  byte[] instance() throws Refused {
    if (!(body.getValue("instance") instanceof JsonObject instance)) {
      throw Refused.invalidRequest("instance is no JsonObject");
    }
    try {
      return instance.toBuffer().getBytes();
    } catch (EncodeException foreign) {
      throw Refused.invalidRequest("instance holds what JSON has no form for");
    }
  }

  /** The ttl chosen, {@code "15s"} or a number of seconds, at least 1 ms, or 0 if there is none. */
  long ttlMillis() throws Refused {
    Object ttl = body.getValue("ttl");
    if (ttl == null) {
      return 0;
    }
    OptionalLong millis = Durations.millis(ttl.toString());
    if (millis.isEmpty()) {
      throw Refused.invalidRequest("ttl is no duration such as 15, 500ms, 15s or 5m");
    }
    return Math.max(1, millis.getAsLong());
  }

  /** The instances wanted: {@code match} has names of members and their values. */
  Filter filter() throws Refused {
    Object match = body.getValue("match", new JsonObject());
    if (!(match instanceof JsonObject wanted)) {
      throw Refused.invalidRequest("match is no JsonObject");
    }
    return new Filter(wanted.stream()
        .map(pair -> Map.entry(pair.getKey(), String.valueOf(pair.getValue())))
        .toList());
  }

  private String text(String name) throws Refused {
    if (!(body.getValue(name) instanceof String text)) {
      throw Refused.invalidRequest(name + " is no string");
    }
    return text;
  }

  private static void refuse(String what, String flaw) throws Refused {
    if (!flaw.isEmpty()) {
      throw Refused.invalidPath("the " + what + ": " + flaw);
    }
  }
}
