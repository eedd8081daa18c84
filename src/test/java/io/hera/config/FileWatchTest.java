package io.hera.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Attack H2: files that change, become faulty or disappear while a node runs. */
@Timeout(60)
class FileWatchTest {
  private static final Duration SCAN = Duration.ofMillis(20);

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private Path file;
  private FileWatch<String> watch;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    file = Files.writeString(directory.resolve("f"), "one");
    watch = new FileWatch<>(
        vertx, file.toString(), SCAN, FileWatchTest::parse, events::add, () -> events.add("-"));
    next("one");
  }

  private static String parse(String name, byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    if (text.startsWith("bad")) {
      throw ConfigLoader.unreadable(name, "is bad");
    }
    return text;
  }

  @AfterEach
  void stop() {
    watch.close();
    vertx.close().await();
  }

  private void next(String event) throws InterruptedException {
    assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo(event);
  }

  private void replace(String text) throws IOException {
    Path next = Files.writeString(file.resolveSibling("next"), text);
    Files.move(
        next,
        file,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void aChangedFileIsTakenOverOnce() throws Exception {
    replace("two");
    next("two");
    replace("three");
    next("three");
    assertThat(events).isEmpty();
  }

  @Test
  void aFaultyFileIsRefusedOnceAndTheNextGoodOneIsTakenOver() throws Exception {
    replace("bad");
    next("-");
    replace("bad, and other");
    next("-");
    replace("one");
    next("one");
    assertThat(events).isEmpty();
  }

  @Test
  void aFileThatDisappearsIsRefused() throws Exception {
    Files.delete(file);
    next("-");
    Files.writeString(file, "two");
    next("two");
  }

  @Test
  void aDirectoryInItsPlaceIsRefused() throws Exception {
    Files.delete(file);
    Files.createDirectory(file);
    next("-");
  }

  @Test
  void aPipeInItsPlaceDoesNotStopTheWatch() throws Exception {
    Files.delete(file);
    Process made = new ProcessBuilder("mkfifo", file.toString()).start();
    assertThat(made.waitFor()).isZero();
    next("-");
    Files.delete(file);
    Files.writeString(file, "two");
    next("two");
  }

  @Test
  void aFileThatIsTooLargeIsRefused() throws Exception {
    replace("x".repeat(2 << 20));
    next("-");
  }

  @Test
  void aFileThatAllUsersMayWriteIsRefused() throws Exception {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    next("-");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    next("one");
  }
}
