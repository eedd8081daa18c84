package io.hera.config;

import io.hera.config.source.Fault;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies texts of a configuration file to a running node, one after the other: a text waits until the one before it has been
 * applied or refused. One per node; called on one context.
 */
final class Reload {
  private static final Logger log = LoggerFactory.getLogger(Reload.class);

  private final ConfigLoader loader;
  private final String file;
  private final Function<Config, Future<Void>> apply;
  private Config current;
  private Config seen;
  private Future<Void> last = Future.succeededFuture();

  /**
   * For a node that runs with {@code current}.
   *
   * @param apply applies a configuration to the node; the future completes when that is done
   */
  Reload(ConfigLoader loader, String file, Config current, Function<Config, Future<Void>> apply) {
    this.loader = loader;
    this.file = file;
    this.apply = apply;
    this.current = current;
    this.seen = current;
  }

  /** The file has this text now; the future completes when it has been applied, and fails if it is refused. */
  Future<Void> text(byte[] content) {
    last = last.transform(ended -> take(content));
    return last;
  }

  /** Logs that the file is faulty or cannot be read. */
  void refuse(Throwable reason) {
    if (reason instanceof ConfigException faults) {
      faults
          .faults()
          .forEach(fault -> log.error("configuration refused, old settings stay: {}", fault));
    } else {
      log.error("configuration refused, old settings stay: {}", file, reason);
    }
  }

  private Future<Void> take(byte[] content) {
    try {
      Config next = loader.config(file, content);
      Config merged = merged(next);
      seen.difference(next).stream()
          .filter(Change::needsRestart)
          .forEach(change -> log.warn("setting needs a restart: {}", change));
      seen = next;
      return apply(merged);
    } catch (ConfigException faults) {
      refuse(faults);
      return Future.failedFuture(faults);
    }
  }

  private Future<Void> apply(Config merged) {
    List<Change> changes = current.difference(merged);
    if (changes.isEmpty()) {
      return Future.succeededFuture();
    }
    return apply
        .apply(merged)
        .onSuccess(done -> {
          current = merged;
          changes.forEach(change -> log.info("setting changed: {}", change));
        })
        .onFailure(failure -> changes.forEach(change ->
            log.error("setting not changed: {} reason={}", change, failure.getMessage())));
  }

  /** Checks that the rules still hold without the changes that need a restart. */
  private Config merged(Config next) {
    if (!next.nodes().dns().equals(current.nodes().dns())) {
      throw refused(Settings.CLUSTER, "cannot change to or from dns: while the node runs");
    }
    if (next.nodes().dns().isEmpty() && !next.cluster().containsKey(current.name())) {
      throw refused(
          Settings.CLUSTER,
          "does not contain " + current.name() + ", which is this node's name until a restart");
    }
    LivenessRule.fault(current.ttl().min(), next.liveness(), current.ttl().max())
        .ifPresent(rule -> {
          throw refused(Settings.LIVENESS, rule + "; ttl.* needs a restart");
        });
    return current.reconfigured(next);
  }

  private ConfigException refused(Setting<?> setting, String rule) {
    return new ConfigException(List.of(new Fault(file, 0, setting.key(), "", rule)));
  }
}
