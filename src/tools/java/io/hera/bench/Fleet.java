package io.hera.bench;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * The requests of instances that register and renew themselves, a hundred per service.
 *
 * @param prefix of the names of the services
 * @param documentBytes approximate size of a document
 */
record Fleet(String prefix, long instances, int documentBytes) {
  static final int DOCUMENT_BYTES = 100;
  /** The time in the documents of the first round. */
  static final long EPOCH_MILLIS = 1_700_000_000_000L;

  private static final int SERVICE_SIZE = 100;
  private static final String PUT =
      "PUT /%s/i-%d HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: %d\r\n\r\n%s";

  /**
   * Returns the heartbeat of instance {@code n} modulo their number; its document differs in each
   * round.
   */
  Buffer heartbeat(long n) {
    long instance = n % instances;
    String document = document(instance, EPOCH_MILLIS + n / instances * 1_000);
    return Buffer.buffer(PUT.formatted(service(instance), instance, document.length(), document));
  }

  /** Returns the lookup of a service, with further header lines, each with its line break. */
  static Buffer lookup(String service, String headers) {
    return Buffer.buffer("GET /" + service + " HTTP/1.1\r\nhost: 127.0.0.1\r\n" + headers + "\r\n");
  }

  String service(long instance) {
    return prefix + instance / SERVICE_SIZE;
  }

  String document(long instance, long updatedAt) {
    String start =
        "{\"ip\":\"10.%d.%d.%d\",\"port\":8080,\"zone\":\"eu-1\",\"updated_at\":%d,\"x\":\""
            .formatted(instance / 62_500 % 250, instance / 250 % 250, instance % 250, updatedAt);
    int padding = Math.max(0, documentBytes - start.getBytes(StandardCharsets.US_ASCII).length - 2);
    return start + "x".repeat(padding) + "\"}";
  }
}
