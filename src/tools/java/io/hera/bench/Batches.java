package io.hera.bench;

import io.vertx.core.buffer.Buffer;
import java.util.function.LongFunction;

/**
 * The requests of agents that register and renew the instances of a fleet for them, many with each request.
 *
 * @param size number of instances in a request
 */
record Batches(Fleet fleet, int size) {
  private static final String POST =
      "POST %s HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s";

  /** Returns the number of batches. */
  long count() {
    return (fleet.instances() + size - 1) / size;
  }

  /** Returns the registration of all instances of batch {@code n}. */
  Buffer registration(long n) {
    return post(
        "/_batch",
        services(
            n,
            '{',
            instance -> "\"i-" + instance + "\":" + fleet.document(instance, Fleet.EPOCH_MILLIS),
            '}'));
  }

  /** Returns the heartbeat of all instances of batch {@code n} modulo their number. */
  Buffer renewal(long n) {
    return post(
        "/_heartbeat", services(n % count(), '[', instance -> "\"i-" + instance + "\"", ']'));
  }

  private static Buffer post(String path, String body) {
    return Buffer.buffer(POST.formatted(path, body.length(), body));
  }

  /** Returns service → the items of its instances in batch {@code n}, as JSON. */
  private String services(long n, char open, LongFunction<String> item, char close) {
    StringBuilder json = new StringBuilder("{");
    long end = Math.min(fleet.instances(), (n + 1) * size);
    String service = "";
    for (long instance = n * size; instance < end; instance++) {
      if (fleet.service(instance).equals(service)) {
        json.append(',');
      } else {
        json.append(service.isEmpty() ? "\"" : close + ",\"");
        service = fleet.service(instance);
        json.append(service).append("\":").append(open);
      }
      json.append(item.apply(instance));
    }
    return json.append(close).append('}').toString();
  }
}
