package io.hera.cli.watch;

import io.hera.cli.nodes.EventStream.Sent;
import io.hera.cli.nodes.InstanceName;
import io.hera.cli.watch.Happening.Kind;
import io.hera.json.Documents;
import io.hera.json.JsonFields;
import io.hera.json.JsonWriter;
import io.hera.json.Malformed;
import io.hera.json.ObjectCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The instances that are followed, as the events so far leave them. One thread takes events, others may read. An event that changes
 * nothing does not count: after a lost connection, some come again.
 */
final class Instances {
  private final Optional<InstanceName> wanted;
  private final String ownService;
  private final ReentrantLock lock = new ReentrantLock();
  private SortedMap<String, SortedMap<String, byte[]>> services = new TreeMap<>();

  /** The instances of a service, or one of them; those of all services if it is empty. */
  Instances(Optional<InstanceName> wanted) {
    this.wanted = wanted;
    this.ownService = wanted.map(InstanceName::service).orElse("");
  }

  /** Takes an event; returns the changes by it. */
  List<Happening> take(Sent event) throws Malformed {
    lock.lock();
    try {
      return switch (event.type()) {
        case "snapshot" -> replace(snapshot(checked(event)));
        case "put" -> put(checked(event));
        case "delete" -> delete(JsonFields.parse(checked(event)));
        default -> List.of();
      };
    } finally {
      lock.unlock();
    }
  }

  private static byte[] checked(Sent event) throws Malformed {
    if (!Documents.isStructure(event.data())) {
      throw new Malformed(
          event.data().length == 0 ? "an event is too large" : "an event is not JSON", 0);
    }
    return event.data();
  }

  private SortedMap<String, SortedMap<String, byte[]>> snapshot(byte[] json) {
    SortedMap<String, SortedMap<String, byte[]>> found = new TreeMap<>();
    if (wanted.isPresent()) {
      found.put(ownService, members(json));
      return found;
    }
    members(json).forEach((service, instances) -> found.put(service, members(instances)));
    return found;
  }

  private static SortedMap<String, byte[]> members(byte[] json) {
    SortedMap<String, byte[]> members = new TreeMap<>();
    ObjectCursor cursor = new ObjectCursor(json);
    while (cursor.next()) {
      members.put(cursor.name(), cursor.value());
    }
    return members;
  }

  private List<Happening> replace(SortedMap<String, SortedMap<String, byte[]>> now) {
    List<Happening> happenings = new ArrayList<>();
    services.forEach((service, instances) -> instances.keySet().stream()
        .filter(id -> !of(now, service).containsKey(id))
        .forEach(id -> happenings.add(Happening.ended(name(service, id), Happening.UNSEEN))));
    now.forEach((service, instances) -> instances.forEach(
        (id, document) -> changed(of(services, service).get(id), name(service, id), document)
            .ifPresent(happenings::add)));
    services = now;
    return happenings;
  }

  private List<Happening> put(byte[] json) throws Malformed {
    JsonFields fields = JsonFields.parse(json);
    InstanceName name = name(fields.text("service", ownService), fields.text("id"));
    byte[] document = member(json, "instance");
    byte[] before = services
        .computeIfAbsent(name.service(), any -> new TreeMap<>())
        .put(name.id().orElseThrow(), document);
    return changed(before, name, document).map(List::of).orElse(List.of());
  }

  private static byte[] member(byte[] json, String wanted) throws Malformed {
    ObjectCursor cursor = new ObjectCursor(json);
    if (!cursor.next(wanted)) {
      throw new Malformed("an event has no " + wanted, 0);
    }
    return cursor.value();
  }

  private List<Happening> delete(JsonFields fields) throws Malformed {
    InstanceName name = name(fields.text("service", ownService), fields.text("id"));
    SortedMap<String, byte[]> instances = of(services, name.service());
    if (instances.remove(name.id().orElseThrow()) == null) {
      return List.of();
    }
    if (instances.isEmpty()) {
      services.remove(name.service());
    }
    return List.of(Happening.ended(name, fields.text("reason", Happening.UNSEEN)));
  }

  private static Optional<Happening> changed(
      byte @Nullable [] before, InstanceName name, byte[] document) {
    if (before == null) {
      return Optional.of(Happening.put(Kind.REGISTERED, name, document));
    }
    return Arrays.equals(before, document)
        ? Optional.empty()
        : Optional.of(Happening.put(Kind.UPDATED, name, document));
  }

  private static SortedMap<String, byte[]> of(
      Map<String, SortedMap<String, byte[]>> services, String service) {
    return services.getOrDefault(service, new TreeMap<>());
  }

  private static InstanceName name(String service, String id) {
    return new InstanceName(service, Optional.of(id));
  }

  /** Returns them as an object: id → document, or service → id → document of all services. */
  byte[] json() {
    lock.lock();
    try {
      JsonWriter out = new JsonWriter(4_096);
      if (wanted.isPresent()) {
        write(out, of(services, ownService));
        return out.raw('\n').toBytes();
      }
      char before = '{';
      for (Map.Entry<String, SortedMap<String, byte[]>> service : services.entrySet()) {
        write(out.raw(before).string(service.getKey()).raw(':'), service.getValue());
        before = ',';
      }
      return out.ascii(before == '{' ? "{}\n" : "}\n").toBytes();
    } finally {
      lock.unlock();
    }
  }

  private static void write(JsonWriter out, SortedMap<String, byte[]> instances) {
    out.raw('{');
    String separator = "";
    for (Map.Entry<String, byte[]> instance : instances.entrySet()) {
      out.ascii(separator).string(instance.getKey()).raw(':').raw(instance.getValue());
      separator = ",";
    }
    out.raw('}');
  }
}
