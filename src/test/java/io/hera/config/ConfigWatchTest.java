package io.hera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a running node makes of a file that changes. */
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
  private final List<Config> taken = new ArrayList<>();

  @TempDir
  private Path directory;

  @Test
  void whatMayChangeInARunningNodeIsHandedOver() {
    Config before = config(TEXT);
    following(before).text(bytes(TEXT + """
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
  void whatNeedsARestartIsNotHandedOver() {
    Config before = config(TEXT);
    ConfigWatch.Following following = following(before);
    following.text(bytes(TEXT + """
        port: 9
        host: 127.0.0.9
        max-skew: 9
        recovery-timeout: 9
        ttl: {min: 9, max: 999}
        volatile-keys: []
        """));
    assertThat(taken).isEmpty();

    following.text(bytes(TEXT + "port: 9\nliveness: 60\n"));
    assertThat(taken).hasSize(1);
    assertThat(taken.get(0).difference(before)).extracting(Change::key).containsExactly("liveness");
  }

  @Test
  void aWrongTextLeavesTheOldSettings() {
    ConfigWatch.Following following = following(config(TEXT));
    following.text(bytes(""));
    following.text(bytes(TEXT + "liveness: soon\n"));
    following.text(bytes("# gone\n"));
    assertThat(taken).isEmpty();

    following.text(bytes(TEXT + "liveness: 7\n"));
    assertThat(taken).extracting(Config::liveness).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void aTextThatOnlyReadsDifferentlyChangesNothing() {
    following(config(TEXT)).text(bytes("# new comment\nliveness: 5m\n" + TEXT));

    assertThat(taken).isEmpty();
  }

  @Test
  void aNodeKeepsItsNameAndItsPlaceInTheCluster() {
    following(config(TEXT)).text(bytes(TEXT.replace("a:", "z:").replace("name: a", "name: z")));

    assertThat(taken).isEmpty();
  }

  @Test
  void aLivenessThatOnlyNewBoundsWouldAllowIsRefused() {
    following(config(TEXT)).text(bytes(TEXT + "liveness: 48h\nttl.max: 72h\n"));

    assertThat(taken).isEmpty();
  }

  @Test
  void aFileIsFollowedThroughFaultsAndDisappearance(Vertx vertx) throws Exception {
    Path file = Files.writeString(directory.resolve("hera.yml"), TEXT);
    BlockingQueue<Config> changes = new LinkedBlockingQueue<>();
    ConfigWatch watch = new ConfigWatch(vertx, loader, file.toString(), SCAN);
    Config first = watch.config().await(20, TimeUnit.SECONDS);
    watch.follow(first, changes::add);
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
  void aFileThatIsNotThereFailsAtOnce(Vertx vertx) throws Exception {
    String file = directory.resolve("none.yml").toString();
    ConfigWatch watch = new ConfigWatch(vertx, loader, file, SCAN);

    assertThatThrownBy(() -> watch.config().await(20, TimeUnit.SECONDS))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ": does not exist");
    watch.close().await(20, TimeUnit.SECONDS);
  }

  @Test
  void bytesArriveAsTheyAre(Vertx vertx) throws Exception {
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

  private ConfigWatch.Following following(Config current) {
    return new ConfigWatch.Following(loader, "f.yml", current, taken::add);
  }

  private Config config(String text) {
    return loader.config("f.yml", bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
