package io.hera.config;

import io.hera.config.source.Fault;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a file beside the configuration: reads it at intervals, and has a changed content taken over when two scans in a row have
 * found it. Used on one context.
 *
 * <p>A content that is faulty, half written or gone is refused as a whole, and the one in force stays. It is refused once, not at each
 * scan.
 *
 * @param <T> the meaning of the content
 */
public final class FileWatch<T> {
  private static final Logger log = LoggerFactory.getLogger(FileWatch.class);

  private final Vertx vertx;
  private final String file;
  private final BiFunction<String, byte[], T> parser;
  private final Consumer<T> changed;
  private final Runnable refused;
  private final long timer;
  private Content settled = Content.UNKNOWN;
  private Content last = Content.UNKNOWN;
  private boolean reading;

  /**
   * Watches a file from now on. The first content that two scans have found is taken over as well: it may differ from the one that the
   * node has started with.
   *
   * @param parser makes something of the file's name and content; throws a {@link ConfigException} if it is faulty; runs on a worker
   * @param changed gets the meaning of a changed content
   * @param refused is called when a changed content has been refused, after its faults were logged
   */
  public FileWatch(
      Vertx vertx,
      String file,
      Duration scan,
      BiFunction<String, byte[], T> parser,
      Consumer<T> changed,
      Runnable refused) {
    this.vertx = vertx;
    this.file = file;
    this.parser = parser;
    this.changed = changed;
    this.refused = refused;
    this.timer = vertx.setPeriodic(scan.toMillis(), due -> scan());
  }

  /** What a scan has found: bytes, or why there are none. */
  private record Content(byte[] bytes, List<Fault> faults) {
    static final Content UNKNOWN = new Content(new byte[0], List.of(new Fault("", 0, "", "", "")));

    static Content of(String file) {
      try {
        return new Content(GuardedFile.read(file), List.of());
      } catch (ConfigException unreadable) {
        return new Content(new byte[0], unreadable.faults());
      }
    }

    boolean is(Content other) {
      return faults.equals(other.faults) && Arrays.equals(bytes, other.bytes);
    }
  }

  /** Watches no more. */
  public void close() {
    vertx.cancelTimer(timer);
  }

  private void scan() {
    if (!reading) {
      reading = true;
      vertx
          .executeBlocking(() -> Content.of(file), false)
          .onSuccess(this::found)
          .onComplete(done -> reading = false);
    }
  }

  private void found(Content content) {
    boolean twice = content.is(last);
    last = content;
    if (twice && !content.is(settled)) {
      settled = content;
      take(content);
    }
  }

  private void take(Content content) {
    vertx
        .executeBlocking(() -> parse(content), false)
        .onSuccess(changed::accept)
        .onFailure(this::refuse);
  }

  private T parse(Content content) {
    if (!content.faults.isEmpty()) {
      throw new ConfigException(content.faults);
    }
    return parser.apply(file, content.bytes);
  }

  private void refuse(Throwable reason) {
    if (reason instanceof ConfigException faulty) {
      faulty.faults().forEach(fault -> log.error("file refused, the old one stays: {}", fault));
    } else {
      log.error("file refused, the old one stays: {}", file, reason);
    }
    refused.run();
  }
}
