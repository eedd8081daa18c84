package io.hera.http.api;

import io.hera.http.api.BatchItem.Refused;
import io.hera.json.JsonWriter;
import io.hera.wire.ProblemType;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The reply to a request with many writes. */
final class BatchReply {
  /** Most problems in a reply, which must not be many times larger than its request. */
  static final int PROBLEMS_MAX = 10_000;

  private BatchReply() {}

  /**
   * Returns {@code {"errors":{"<service>":{"<id>":{…}}}}}, where {@code more} others have failed. If there are too many problems, the
   * first ones are given, and as {@code more} the number of the others; as {@code forbidden}, the services out of scope.
   */
  static Buffer errors(List<Refused> failed, long more, Scope scope) {
    JsonWriter out = new JsonWriter(256).raw('{');
    errors(out, failed, more);
    scope.write(out);
    return Buffer.buffer(out.raw('}').toBytes());
  }

  /**
   * Returns {@code {"unknown":{"<service>":["<id>",…]}}}, with {@code errors} as above if there are problems other than unknown
   * instances, and {@code forbidden} as above.
   */
  static Buffer unknown(List<Refused> failed, Scope scope) {
    Map<Boolean, List<Refused>> parts =
        failed.stream().collect(Collectors.partitioningBy(BatchReply::isUnknown));
    JsonWriter out = new JsonWriter(256).ascii("{\"unknown\":{");
    ids(out, parts.getOrDefault(true, List.of()));
    out.raw('}');
    List<Refused> others = parts.getOrDefault(false, List.of());
    if (!others.isEmpty()) {
      errors(out.raw(','), others, 0);
    }
    scope.write(out);
    return Buffer.buffer(out.raw('}').toBytes());
  }

  private static boolean isUnknown(Refused item) {
    return item.problem().type() == ProblemType.UNKNOWN_INSTANCE;
  }

  private static void ids(JsonWriter out, List<Refused> unknown) {
    Map<String, Set<String>> services = new LinkedHashMap<>();
    unknown.forEach(item ->
        services.computeIfAbsent(item.service(), any -> new LinkedHashSet<>()).add(item.id()));
    String separator = "";
    for (Map.Entry<String, Set<String>> service : services.entrySet()) {
      out.ascii(separator).string(service.getKey()).ascii(":[");
      separator = "";
      for (String id : service.getValue()) {
        out.ascii(separator).string(id);
        separator = ",";
      }
      out.raw(']');
      separator = ",";
    }
  }

  private static void errors(JsonWriter out, List<Refused> failed, long others) {
    Map<String, Map<String, Refused>> services = new LinkedHashMap<>();
    failed.stream()
        .limit(PROBLEMS_MAX)
        .forEach(item -> services
            .computeIfAbsent(item.service(), any -> new LinkedHashMap<>())
            .putIfAbsent(item.id(), item));
    out.ascii("\"errors\":{");
    String separator = "";
    for (Map.Entry<String, Map<String, Refused>> service : services.entrySet()) {
      out.ascii(separator).string(service.getKey()).raw(':');
      problems(out, service.getValue());
      separator = ",";
    }
    out.raw('}');
    long more = others + Math.max(0, failed.size() - PROBLEMS_MAX);
    if (more > 0) {
      out.ascii(",\"more\":").number(more);
    }
  }

  private static void problems(JsonWriter out, Map<String, Refused> items) {
    out.raw('{');
    String separator = "";
    for (Refused item : items.values()) {
      out.ascii(separator).string(item.id()).raw(':').raw(item.problem().json());
      separator = ",";
    }
    out.raw('}');
  }
}
