package io.hera.config;

import io.hera.config.source.Fault;
import io.hera.config.source.YamlSource;
import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration's file of a running node: reads it once at the start, and again whenever its text changes. Owned by the
 * verticle that opened it, on whose context everything happens.
 *
 * <p>A file that is wrong, half written or gone is refused as a whole and the settings in force stay. ConfigRetriever only
 * carries the text: as Latin-1, one character a byte, so that {@link YamlSource} sees the bytes as they are.
 */
public final class ConfigWatch {
  private static final Logger log = LoggerFactory.getLogger(ConfigWatch.class);
  private static final String TEXT = "text";

  private final Vertx vertx;
  private final ConfigLoader loader;
  private final String file;
  private final Duration scan;
  private final ConfigRetriever retriever;

  /** Of {@code file}, looked at every {@code scan}; reads nothing yet. */
  public ConfigWatch(Vertx vertx, ConfigLoader loader, String file, Duration scan) {
    this.vertx = vertx;
    this.loader = loader;
    this.file = file;
    this.scan = scan;
    this.retriever = ConfigRetriever.create(vertx, options(file, scan));
  }

  /** The configuration at the start; fails with a {@link ConfigException} that has every fault. */
  public Future<Config> config() {
    return vertx
        .executeBlocking(this::checked)
        .compose(checked -> retriever.getConfig())
        .map(read -> loader.config(file, bytes(read)));
  }

  /**
   * From now on hands every configuration that differs from {@code current} to {@code changed}, with only those settings
   * changed that take effect in a running node.
   */
  public void follow(Config current, Consumer<Config> changed) {
    Following following = new Following(loader, file, current, changed);
    retriever.listen(change -> settled(change.getNewConfiguration(), following));
  }

  /** Looks no more. */
  public Future<Void> close() {
    return retriever.close();
  }

  /** An editor may be in the middle of writing: a text counts when it is still the same after another scan. */
  private void settled(JsonObject read, Following following) {
    vertx.setTimer(scan.toMillis() * 3 / 2, timer -> {
      if (read.equals(retriever.getCachedConfig())) {
        vertx
            .executeBlocking(this::checked)
            .map(checked -> bytes(read))
            .onSuccess(following::text)
            .onFailure(following::refuse);
      }
    });
  }

  private String checked() {
    ConfigLoader.check(file);
    return file;
  }

  /** The store is optional, or each scan of a file that is gone would be logged: so there may be no text. */
  private byte[] bytes(JsonObject read) {
    return Optional.ofNullable(read.getString(TEXT))
        .orElseThrow(() -> ConfigLoader.unreadable(file, "cannot be read"))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static ConfigRetrieverOptions options(String file, Duration scan) {
    JsonObject store = new JsonObject()
        .put("path", file)
        .put("raw.key", TEXT)
        .put("raw.encoding", StandardCharsets.ISO_8859_1.name());
    return new ConfigRetrieverOptions()
        .setScanPeriod(scan.toMillis())
        .setStores(List.of(new ConfigStoreOptions()
            .setType("file")
            .setFormat("raw")
            .setOptional(true)
            .setConfig(store)));
  }

  /** What is in force, and what the file said last. */
  static final class Following {
    private final ConfigLoader loader;
    private final String file;
    private final Consumer<Config> changed;
    private Config current;
    private Config seen;

    Following(ConfigLoader loader, String file, Config current, Consumer<Config> changed) {
      this.loader = loader;
      this.file = file;
      this.changed = changed;
      this.current = current;
      this.seen = current;
    }

    /** The file has another text now. */
    void text(byte[] content) {
      try {
        apply(loader.config(file, content));
      } catch (ConfigException e) {
        refuse(e);
      }
    }

    /** The file is wrong or gone. */
    void refuse(Throwable reason) {
      if (reason instanceof ConfigException faults) {
        faults
            .faults()
            .forEach(fault -> log.error("configuration refused, old settings stay: {}", fault));
      } else {
        log.error("configuration refused, old settings stay: {}", file, reason);
      }
    }

    private void apply(Config next) {
      Config merged = merged(next);
      seen.difference(next).stream()
          .filter(Change::needsRestart)
          .forEach(change -> log.warn("setting needs a restart: {}", change));
      List<Change> changes = current.difference(merged);
      changes.forEach(change -> log.info("setting changed: {}", change));
      seen = next;
      current = merged;
      if (!changes.isEmpty()) {
        changed.accept(merged);
      }
    }

    /** What was checked as a whole need not hold with those settings left out that need a restart. */
    private Config merged(Config next) {
      if (!next.cluster().containsKey(current.name())) {
        throw refused(
            "cluster", "has no node " + current.name() + ", which this one is until a restart");
      }
      Config.livenessFault(current.ttl().min(), next.liveness(), current.ttl().max())
          .ifPresent(rule -> {
            throw refused("liveness", rule + "; ttl.* needs a restart");
          });
      return current.reconfigured(next);
    }

    private ConfigException refused(String key, String rule) {
      return new ConfigException(List.of(new Fault(file, 0, key, "", rule)));
    }
  }
}
