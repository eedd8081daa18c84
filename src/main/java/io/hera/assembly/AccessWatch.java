package io.hera.assembly;

import io.hera.config.Config;
import io.hera.config.Credentials;
import io.hera.config.FileWatch;
import io.hera.config.source.SwitchedFile;
import io.hera.gossip.PeerProof;
import io.hera.http.AccessControl;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the files that decide who may do what, and reminds of a port that is open, as long as a node runs. */
public final class AccessWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AccessWatch.class);
  private static final Duration SCAN = Duration.ofSeconds(1);

  private final List<Runnable> closers = new ArrayList<>();

  /** Starts to follow the files that the present configuration names. */
  public AccessWatch(
      Vertx vertx, Supplier<Config> current, AccessControl control, PeerProof proof) {
    Config config = current.get();
    if (config.access() instanceof SwitchedFile.Named access) {
      closers.add(new FileWatch<>(
          vertx,
          access.file(),
          SCAN,
          (file, content) -> Credentials.rules(current.get(), file, content),
          changed -> control.set(changed).forEach(line -> log.info("access changed: {}", line)),
          control::reloadFailed)::close);
    }
    if (!config.peerToken().isEmpty()) {
      closers.add(new FileWatch<>(
          vertx,
          config.peerToken(),
          SCAN,
          Credentials::token,
          token -> proof.set(Optional.of(token)),
          () -> {})::close);
    }
    config.listenInClear().ifPresent(at -> closers.add(Reminder.ofPlaintext(vertx, at)));
  }

  @Override
  public void close() {
    closers.forEach(Runnable::run);
    closers.clear();
  }
}
