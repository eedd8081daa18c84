package io.hera;

import io.hera.config.Config;
import io.hera.config.ConfigException;
import io.hera.config.ConfigLoader;
import io.hera.config.ConfigWatch;
import io.hera.config.source.Fault;
import io.hera.wire.Address;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node as a verticle, deployed by Vert.x's launcher or by an application. The deployment's configuration has the settings
 * under the keys of a YAML file, or names a file under {@code config-file}, which the node then follows while it runs.
 */
public final class MainVerticle extends VerticleBase {
  /** Where a node of this process is asked, by any message, to read its configuration file again. */
  static final String RELOAD = "hera.reload";

  private static final Logger log = LoggerFactory.getLogger(MainVerticle.class);
  private static final Duration SCAN = Duration.ofSeconds(1);

  private Optional<Node> node = Optional.empty();
  private Optional<ConfigWatch> watch = Optional.empty();

  /** Fails with a {@link ConfigException} if a setting is faulty or the address cannot be bound. */
  @Override
  public Future<?> start() {
    ConfigLoader loader = new ConfigLoader(config(), System.getenv());
    watch = loader.file().map(file -> new ConfigWatch(vertx, loader, file, SCAN));
    return watch
        .map(ConfigWatch::config)
        .orElseGet(() -> Future.future(promise -> promise.complete(loader.config())))
        .compose(config -> startNode(loader, config))
        .onFailure(failure -> watch.ifPresent(ConfigWatch::close));
  }

  @Override
  public Future<?> stop() {
    return watch
        .map(ConfigWatch::close)
        .orElseGet(Future::succeededFuture)
        .eventually(() -> node.map(Node::stop).orElseGet(Future::succeededFuture));
  }

  private Future<Node> startNode(ConfigLoader loader, Config config) {
    Stream.concat(loader.warnings().stream(), config.warnings().stream()).forEach(log::warn);
    return Node.start(vertx, config)
        .recover(failure -> Future.failedFuture(startFailure(config, failure)))
        .onSuccess(started -> {
          node = Optional.of(started);
          watch.ifPresent(file -> file.follow(config, started::reconfigure));
          vertx.eventBus().localConsumer(RELOAD, any -> reload());
        });
  }

  private void reload() {
    watch.ifPresentOrElse(
        ConfigWatch::reload, () -> log.info("nothing to reload, there is no configuration file"));
  }

  /** Returns a failure to bind the address as a fault of the configuration, and any other failure as it is. */
  private static Throwable startFailure(Config config, Throwable failure) {
    boolean unaddressable = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(
            cause -> cause instanceof IOException || cause instanceof UnresolvedAddressException);
    if (!unaddressable) {
      return failure;
    }
    Address wanted = config.listen();
    String reason = String.valueOf(failure.getMessage()).replaceFirst("^bind\\(.*: (?=\\S)", "");
    String rule = "cannot listen on " + wanted + ": " + reason;
    return new ConfigException(List.of(new Fault("hera", 0, "", "", rule)));
  }
}
