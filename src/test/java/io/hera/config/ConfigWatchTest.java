package io.hera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A configuration file that changes while a node runs. */
@ExtendWith(VertxExtension.class)
class ConfigWatchTest {
  private static final String TEXT = """
      name: a
      cluster:
        a: {host: 127.0.0.1, port: 1}
        b: {host: 127.0.0.1, port: 2}
      """;
  private static final Duration SCAN = Duration.ofMillis(20);

  private final ConfigLoader loader = new ConfigLoader(new JsonObject(), Map.of());

  @TempDir
  private Path directory;

  @Test
  void aFileIsFollowedThroughFaultsAndDeletion(Vertx vertx) throws Exception {
    Path file = Files.writeString(directory.resolve("hera.yml"), TEXT);
    BlockingQueue<Config> changes = new LinkedBlockingQueue<>();
    ConfigWatch watch = new ConfigWatch(vertx, loader, file.toString(), SCAN);
    Config first = watch.config().await(20, TimeUnit.SECONDS);
    watch.follow(first, config -> {
      changes.add(config);
      return Future.succeededFuture();
    });
    assertThat(first).isEqualTo(config(TEXT));

    Files.writeString(file, TEXT + "liveness: 7\n");
    assertThat(next(changes).liveness()).isEqualTo(Duration.ofSeconds(7));
    Files.delete(file);
    Files.writeString(file, TEXT + "liveness: soon\n");
    Files.writeString(file, TEXT + "liveness: 8\n");
    assertThat(next(changes).liveness()).isEqualTo(Duration.ofSeconds(8));
    watch.close().await(20, TimeUnit.SECONDS);
  }

  @Test
  void aReloadAppliesTheFileWithoutAScan(Vertx vertx) throws Exception {
    Path file = Files.writeString(directory.resolve("hera.yml"), TEXT);
    BlockingQueue<Config> changes = new LinkedBlockingQueue<>();
    ConfigWatch watch = new ConfigWatch(vertx, loader, file.toString(), Duration.ofHours(1));
    watch.follow(watch.config().await(20, TimeUnit.SECONDS), config -> {
      changes.add(config);
      return Future.succeededFuture();
    });

    Files.writeString(file, TEXT + "liveness: soon\n");
    watch.reload();
    Files.writeString(file, TEXT + "liveness: 7\n");
    watch.reload();

    assertThat(next(changes).liveness()).isEqualTo(Duration.ofSeconds(7));
    watch.close().await(20, TimeUnit.SECONDS);
  }

  @Test
  void ofTwoChangesInARowTheLastOneIsTakenLast(Vertx vertx) throws Exception {
    Path file = Files.writeString(directory.resolve("hera.yml"), TEXT);
    BlockingQueue<Config> changes = new LinkedBlockingQueue<>();
    ConfigWatch watch = new ConfigWatch(vertx, loader, file.toString(), SCAN);
    watch.follow(watch.config().await(20, TimeUnit.SECONDS), config -> {
      changes.add(config);
      return Future.succeededFuture();
    });

    Files.writeString(file, TEXT + "liveness: 7\n");
    Files.writeString(file, TEXT + "liveness: 8\n");
    Duration last = next(changes).liveness();
    if (last.equals(Duration.ofSeconds(7))) {
      last = next(changes).liveness();
    }

    assertThat(last).isEqualTo(Duration.ofSeconds(8));
    watch.close().await(20, TimeUnit.SECONDS);
  }

  @Test
  void aMissingFileFailsAtOnce(Vertx vertx) throws Exception {
    String file = directory.resolve("none.yml").toString();
    ConfigWatch watch = new ConfigWatch(vertx, loader, file, SCAN);

    assertThatThrownBy(() -> watch.config().await(20, TimeUnit.SECONDS))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ": does not exist");
    watch.close().await(20, TimeUnit.SECONDS);
  }

  @Test
  void bytesOfAFileArriveUnchanged(Vertx vertx) throws Exception {
    Path file = Files.write(directory.resolve("hera.yml"), new byte[] {'a', ':', (byte) 0xFF});
    ConfigWatch watch = new ConfigWatch(vertx, loader, file.toString(), SCAN);

    assertThatThrownBy(() -> watch.config().await(20, TimeUnit.SECONDS))
        .hasMessage(file + ": is not UTF-8 text");
    watch.close().await(20, TimeUnit.SECONDS);
  }

  private static Config next(BlockingQueue<Config> changes) throws InterruptedException {
    Config config = changes.poll(20, TimeUnit.SECONDS);
    assertThat(config).as("a change").isNotNull();
    return config;
  }

  private Config config(String text) {
    return loader.config("f.yml", bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
