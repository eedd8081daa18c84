package io.hera.config;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a reload applies to a node, in which order, and what it logs. */
class ReloadTest {
  private static final String TEXT = """
      name: a
      cluster:
        a: {host: 127.0.0.1, port: 1}
        b: {host: 127.0.0.1, port: 2}
      """;

  private final Logger logger = (Logger) LoggerFactory.getLogger(Reload.class);
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
  private final ConfigLoader loader = new ConfigLoader(new JsonObject(), Map.of());
  private final List<Config> taken = new ArrayList<>();

  @BeforeEach
  void listen() {
    appender.start();
    logger.addAppender(appender);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(appender);
    logger.setLevel(null);
  }

  @Test
  void changesThatARunningNodeTakesAreApplied() {
    Config before = config(TEXT);
    reload(before).text(bytes(TEXT + """
          c: {host: 127.0.0.1, port: 3}
        liveness: 60
        gossip-interval: 1
        limits.services: 5
        """));

    assertThat(taken).hasSize(1);
    assertThat(taken.get(0).difference(before))
        .extracting(Change::key)
        .containsExactlyInAnyOrder("cluster.c", "liveness", "gossip-interval", "limits.services");
  }

  @Test
  void changesThatNeedARestartAreNotApplied() {
    Config before = config(TEXT);
    Reload reload = reload(before);
    reload.text(bytes(TEXT + """
        port: 9
        host: 127.0.0.9
        max-skew: 9
        recovery-timeout: 9
        ttl: {min: 9, max: 999}
        volatile-keys: []
        """));
    assertThat(taken).isEmpty();

    reload.text(bytes(TEXT + "port: 9\nliveness: 60\n"));
    assertThat(taken).hasSize(1);
    assertThat(taken.get(0).difference(before)).extracting(Change::key).containsExactly("liveness");
  }

  @Test
  void aFaultyTextIsRefusedAndTheNextOneApplied() {
    Reload reload = reload(config(TEXT));
    reload.text(bytes(""));
    reload.text(bytes(TEXT + "liveness: soon\n"));
    reload.text(bytes("# gone\n"));
    assertThat(taken).isEmpty();

    reload.text(bytes(TEXT + "liveness: 7\n"));
    assertThat(taken).extracting(Config::liveness).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void aTextWithTheSameSettingsAppliesNothing() {
    reload(config(TEXT)).text(bytes("# new comment\nliveness: 5m\n" + TEXT));

    assertThat(taken).isEmpty();
  }

  @Test
  void aClusterWithoutTheNodeIsRefused() {
    reload(config(TEXT)).text(bytes(TEXT.replace("a:", "z:").replace("name: a", "name: z")));

    assertThat(taken).isEmpty();
  }

  @Test
  void aLivenessWithinBoundsThatNeedARestartIsRefused() {
    reload(config(TEXT)).text(bytes(TEXT + "liveness: 48h\nttl.max: 72h\n"));

    assertThat(taken).isEmpty();
  }

  @Test
  void aTextWaitsUntilTheOneBeforeItHasBeenApplied() {
    List<Promise<Void>> running = new ArrayList<>();
    Reload reload = new Reload(loader, "f.yml", config(TEXT), config -> {
      taken.add(config);
      running.add(Promise.promise());
      return running.get(running.size() - 1).future();
    });

    Future<Void> first = reload.text(bytes(TEXT + "liveness: 7\n"));
    Future<Void> second = reload.text(bytes(TEXT + "liveness: 8\n"));
    assertThat(taken).extracting(Config::liveness).containsExactly(Duration.ofSeconds(7));
    assertThat(lines()).isEmpty();

    running.get(0).complete();
    assertThat(first.succeeded()).isTrue();
    assertThat(lines()).containsExactly("INFO setting changed: liveness: 300s -> 7s");
    assertThat(taken.get(1).liveness()).isEqualTo(Duration.ofSeconds(8));
    assertThat(second.isComplete()).isFalse();

    running.get(1).complete();
    assertThat(second.succeeded()).isTrue();
    assertThat(lines()).last().isEqualTo("INFO setting changed: liveness: 7s -> 8s");
  }

  @Test
  void aChangeThatCannotBeAppliedIsAnErrorAndIsTriedAgainWithTheNextText() {
    List<Future<Void>> outcomes =
        new ArrayList<>(List.of(Future.failedFuture("no"), Future.succeededFuture()));
    Reload reload = new Reload(loader, "f.yml", config(TEXT), config -> {
      taken.add(config);
      return outcomes.remove(0);
    });

    assertThat(reload.text(bytes(TEXT + "liveness: 7\n")).failed()).isTrue();
    assertThat(lines())
        .singleElement()
        .asString()
        .isEqualTo("ERROR setting not changed: liveness: 300s -> 7s reason=no");

    assertThat(reload.text(bytes(TEXT + "liveness: 7\n# again\n")).succeeded()).isTrue();
    assertThat(taken).hasSize(2);
    assertThat(lines()).last().isEqualTo("INFO setting changed: liveness: 300s -> 7s");
  }

  @Test
  void aChangeThatNeedsARestartIsReportedOnce() {
    Reload reload = reload(config(TEXT));
    reload.text(bytes(TEXT + "port: 9\n"));
    reload.text(bytes(TEXT + "port: 9\nliveness: 7\n"));

    assertThat(lines())
        .containsExactly(
            "WARN setting needs a restart: port: 1 -> 9",
            "INFO setting changed: liveness: 300s -> 7s");
  }

  private List<String> lines() {
    return appender.list.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  private Reload reload(Config current) {
    return new Reload(loader, "f.yml", current, config -> {
      taken.add(config);
      return Future.succeededFuture();
    });
  }

  private Config config(String text) {
    return loader.config("f.yml", bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
