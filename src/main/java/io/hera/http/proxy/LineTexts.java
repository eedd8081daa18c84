package io.hera.http.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hera.json.ObjectCursor;
import io.hera.registry.InstanceStatus;
import io.hera.store.LeftOut;
import io.hera.store.page.Listing;
import io.hera.wire.InstanceReading;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Makes the lines of a service from its listing; a worker makes those of a large one. One per HTTP verticle. */
final class LineTexts {
  /** What the counters of instances that are left out call the lines. */
  static final String WAY = "lines";
  /** Characters that a reply has room for. */
  static final int LENGTH_MAX = 16 << 20;

  private static final int AT_ONCE_BYTES = 32 << 10;

  private final Vertx vertx;
  private final LeftOut leftOut;

  LineTexts(Vertx vertx, LeftOut leftOut) {
    this.vertx = vertx;
    this.leftOut = leftOut;
  }

  /**
   * The text of a reply.
   *
   * @param orElse the one line if there is no other; empty if there is none then
   */
  record Wanted(LineTemplate line, Optional<String> orElse) {}

  /** Returns the lines of the instances that are shown, ids in byte order. */
  Future<Buffer> of(Listing listing, Wanted wanted) {
    return listing.length() <= AT_ONCE_BYTES
        ? Future.succeededFuture(text(listing, wanted))
        : vertx.executeBlocking(() -> text(listing, wanted), false);
  }

  private Buffer text(Listing listing, Wanted wanted) {
    StringBuilder out = new StringBuilder();
    Map<Lack, Integer> lacks = new EnumMap<>(Lack.class);
    ObjectCursor instances = new ObjectCursor(listing.unshared().bytes().getBytes());
    while (instances.next()) {
      InstanceReading reading = InstanceReading.of(instances.value());
      if (reading.status() == InstanceStatus.SHOWN) {
        append(out, instances.name(), reading, wanted.line())
            .ifPresent(lack -> lacks.merge(lack, 1, Integer::sum));
      }
    }
    leftOut.count(WAY, lacks);
    if (out.isEmpty()) {
      wanted.orElse().ifPresent(line -> out.append(line).append('\n'));
    }
    return Buffer.buffer(out.toString().getBytes(UTF_8));
  }

  private static Optional<Lack> append(
      StringBuilder out, String id, InstanceReading reading, LineTemplate line) {
    return out.length() >= LENGTH_MAX ? Optional.of(Lack.TOO_MANY) : line.append(id, reading, out);
  }
}
