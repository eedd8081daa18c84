package io.hera.bus;

import io.hera.registry.Key;
import io.hera.store.page.Filter;
import io.hera.wire.Durations;
import io.hera.wire.Names;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.json.EncodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A message from another verticle; each part of it is checked when it is read. */
final class Request {
  private final JsonObject body;

  Request(Object body) throws ProblemException {
    if (!(body instanceof JsonObject json)) {
      throw invalid("the message is not a JsonObject");
    }
    this.body = json;
  }

  Key key() throws ProblemException {
    String id = text("id");
    check(Names.flawOfId(id));
    return new Key(service(), id);
  }

  boolean hasId() {
    return body.containsKey("id");
  }

  String service() throws ProblemException {
    String service = text("service");
    check(Names.flawOfService(service));
    return service;
  }

  /** Returns the document to register, unchecked. */
  byte[] instance() throws ProblemException {
    if (!(body.getValue("instance") instanceof JsonObject instance)) {
      throw invalid("instance is not a JsonObject");
    }
    if (hasNonFinite(instance)) {
      throw invalid("instance contains a number that is not finite");
    }
    try {
      return instance.toBuffer().getBytes();
    } catch (EncodeException foreign) {
      throw invalid("instance contains a value that JSON cannot represent");
    }
  }

  /** Returns the ttl, given as {@code "15s"} or a number of seconds, in milliseconds: at least 1, or 0 if there is none. */
  long ttlMillis() throws ProblemException {
    Object ttl = body.getValue("ttl");
    if (ttl == null) {
      return 0;
    }
    OptionalLong millis = Durations.millis(ttl.toString());
    if (millis.isEmpty()) {
      throw invalid("ttl is not a duration such as 15, 500ms, 15s or 5m");
    }
    return Math.max(1, millis.getAsLong());
  }

  /** Returns which instances are wanted: {@code match} is an object of member names and values. */
  Filter filter() throws ProblemException {
    Object match = body.getValue("match", new JsonObject());
    if (!(match instanceof JsonObject wanted)) {
      throw invalid("match is not a JsonObject");
    }
    return new Filter(wanted.stream()
        .map(pair -> Map.entry(pair.getKey(), String.valueOf(pair.getValue())))
        .toList());
  }

  private String text(String name) throws ProblemException {
    if (!(body.getValue(name) instanceof String text)) {
      throw invalid(name + " is not a string");
    }
    return text;
  }

  /** Returns whether NaN or an infinity is in the value: the encoder would make strings of them. */
  private static boolean hasNonFinite(Object value) {
    if (value instanceof JsonObject object) {
      return object.stream().anyMatch(member -> hasNonFinite(member.getValue()));
    }
    if (value instanceof JsonArray array) {
      return array.stream().anyMatch(Request::hasNonFinite);
    }
    return (value instanceof Double || value instanceof Float)
        && !Double.isFinite(((Number) value).doubleValue());
  }

  private static void check(Optional<String> flaw) throws ProblemException {
    if (flaw.isPresent()) {
      throw new ProblemException(Problem.invalidPath(flaw.get()));
    }
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(Problem.invalidRequest(detail));
  }
}
