package io.hera.client.fake;

import io.hera.client.Answer;
import io.hera.client.Document;
import io.hera.json.JsonWriter;
import io.hera.json.LooseCursor;
import io.hera.json.Malformed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The requests of a client for many instances at once. The client writes them, so they are valid. */
final class FakeBatches {
  private FakeBatches() {}

  static Answer answer(FakeNodes nodes, String endpoint, byte[] body) {
    try {
      return endpoint.equals("_heartbeat") ? renew(nodes, body) : register(nodes, body);
    } catch (Malformed defect) {
      throw new IllegalStateException("the client sends no such body", defect);
    }
  }

  private static Answer renew(FakeNodes nodes, byte[] body) throws Malformed {
    JsonWriter unknown = new JsonWriter(64).ascii("{\"unknown\":{");
    String comma = "";
    LooseCursor services = LooseCursor.members(body);
    while (services.next()) {
      String service = services.name().orElseThrow();
      unknown.ascii(comma).string(service).raw(':').raw(unknown(nodes, service, services.value()));
      comma = ",";
    }
    return FakeNodes.ok(new String(unknown.ascii("}}").toBytes(), StandardCharsets.UTF_8));
  }

  private static byte[] unknown(FakeNodes nodes, String service, byte[] list) throws Malformed {
    JsonWriter unknown = new JsonWriter(64).raw('[');
    LooseCursor ids = LooseCursor.elements(list);
    while (ids.next()) {
      String id = ids.text().orElseThrow();
      if (!nodes.renew(service, id)) {
        unknown.ascii(unknown.size() > 1 ? "," : "").string(id);
      }
    }
    return unknown.raw(']').toBytes();
  }

  private static Answer register(FakeNodes nodes, byte[] body) throws Malformed {
    for (String line : List.of(new String(body, StandardCharsets.UTF_8).split("\n"))) {
      register(nodes, line);
    }
    return FakeNodes.ok("{\"errors\":{}}");
  }

  private static void register(FakeNodes nodes, String line) throws Malformed {
    String service = "";
    String id = "";
    Optional<Duration> ttl = Optional.empty();
    Document document = Document.empty();
    LooseCursor members = LooseCursor.members(line.getBytes(StandardCharsets.UTF_8));
    while (members.next()) {
      switch (members.name().orElseThrow()) {
        case "service" -> service = members.text().orElseThrow();
        case "id" -> id = members.text().orElseThrow();
        case "ttl" -> ttl = members.text().map(FakeNodes::millis);
        case "document" -> document = Document.of(members.value());
        default -> throw new Malformed("an unknown member", 0);
      }
    }
    nodes.put(service, id, document, ttl);
  }
}
