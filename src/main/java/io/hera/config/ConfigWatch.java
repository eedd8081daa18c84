package io.hera.config;

import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the configuration file of a node: reads it at the start, and again whenever its text changes. Owned by the verticle
 * that opened it, on whose context everything happens.
 *
 * <p>A file that is faulty, half written or deleted is refused as a whole, and the settings in force stay. ConfigRetriever only
 * carries the text, as Latin-1, one character per byte; so {@link io.hera.config.source.YamlSource} gets the bytes unchanged.
 */
public final class ConfigWatch {
  private static final Logger log = LoggerFactory.getLogger(ConfigWatch.class);
  private static final String TEXT = "text";

  private final Vertx vertx;
  private final ConfigLoader loader;
  private final String file;
  private final Duration scan;
  private final ConfigRetriever retriever;
  private Optional<Reload> reload = Optional.empty();

  /** Watches {@code file}, scanning it at intervals of {@code scan}; reads nothing yet. */
  public ConfigWatch(Vertx vertx, ConfigLoader loader, String file, Duration scan) {
    this.vertx = vertx;
    this.loader = loader;
    this.file = file;
    this.scan = scan;
    this.retriever = ConfigRetriever.create(vertx, options(file, scan));
  }

  /** Returns the configuration at the start; fails with a {@link ConfigException} that has every fault. */
  public Future<Config> config() {
    return vertx
        .executeBlocking(this::checked)
        .compose(checked -> retriever.getConfig())
        .map(read -> loader.config(file, bytes(read)));
  }

  /**
   * Follows the file from now on.
   *
   * @param current the configuration in force
   * @param apply applies a configuration to the running node; called for one after the other
   */
  public void follow(Config current, Function<Config, Future<Void>> apply) {
    Reload reloading = new Reload(loader, file, current, apply);
    reload = Optional.of(reloading);
    retriever.listen(change -> settled(change.getNewConfiguration(), reloading));
  }

  /** Reads the file now, and applies it as it is; without effect before {@link #follow}. */
  public void reload() {
    log.info("reading the configuration again file={}", file);
    reload.ifPresent(reloading -> vertx
        .executeBlocking(this::checked)
        .compose(vertx.fileSystem()::readFile)
        .map(Buffer::getBytes)
        .onSuccess(reloading::text)
        .onFailure(reloading::refuse));
  }

  /** Watches no more. */
  public Future<Void> close() {
    return retriever.close();
  }

  /** Takes a text over if it is still the same after another scan: an editor may still be writing. */
  private void settled(JsonObject read, Reload reloading) {
    vertx.setTimer(scan.toMillis() * 3 / 2, timer -> {
      if (read.equals(retriever.getCachedConfig())) {
        vertx
            .executeBlocking(this::checked)
            .map(checked -> bytes(read))
            .onSuccess(reloading::text)
            .onFailure(reloading::refuse);
      }
    });
  }

  private String checked() {
    ConfigLoader.check(file);
    return file;
  }

  /** The text may be missing: the store is optional, or each scan of a missing file would be logged. */
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
}
