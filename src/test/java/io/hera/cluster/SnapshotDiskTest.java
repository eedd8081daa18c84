package io.hera.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.config.Config;
import io.hera.config.DiskSettings;
import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Nodes;
import io.hera.testkit.Ports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node starts and serves, whatever the disk has and does (P14). */
@Timeout(120)
class SnapshotDiskTest {
  private static final Duration LIVENESS = Duration.ofMinutes(5);

  @TempDir
  private Path directory;

  @AutoClose
  private final Nodes nodes = new Nodes();

  private final int port = Ports.free();

  private Config config(String name, Path data) {
    return Nodes.config(name, Map.of(name, port), LIVENESS)
        .with(DiskSettings.DATA, data.toString())
        .with(DiskSettings.INTERVAL, Duration.ofSeconds(1));
  }

  private void start(String name, Path data) {
    nodes.start(config(name, data));
    Eventually.passes(() ->
        assertThat(Http.send("GET", port, "/_health/ready", "").statusCode()).isEqualTo(200));
  }

  private JsonObject snapshot() {
    return new JsonObject(Http.get(port, "/_status")).getJsonObject("snapshot");
  }

  private void awaitSaved() {
    Eventually.passes(() -> {
      assertThat(snapshot().getInteger("age_seconds")).isNotNull();
      assertThat(snapshot().getString("error")).isEmpty();
    });
  }

  private void awaitFailing(String reason) {
    Eventually.passes(() -> assertThat(snapshot().getString("error")).contains(reason));
    assertThat(Http.get(port, "/_metrics")).contains("hera_snapshot_failing 1.0\n");
  }

  // Flawed files.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"hera-snapshot\":1,\"node\":null}\n",
        "{\"hera-snapshot\":1,\"node\":\"a\",\"cluster\":null,\"boot\":null}\n"
      })
  void aFileThatIsNotASnapshotIsReplaced(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("a.snapshot"), content);
    start("a", directory);
    awaitSaved();
    assertThat(directory.resolve("a.snapshot.bad")).hasContent(content);
    assertThat(file).isNotEmptyFile();
  }

  @Test
  void aDirectoryInPlaceOfTheSnapshotIsReplaced() throws IOException {
    Path file = directory.resolve("a.snapshot");
    Files.createDirectories(file.resolve("x"));
    start("a", directory);
    awaitSaved();
    assertThat(directory.resolve("a.snapshot.bad")).isDirectory();
    assertThat(file).isRegularFile();
  }

  /** A name may be as long as that of a file, without the ending of a snapshot. */
  @Test
  void aNodeWithALongNameSaves() {
    start("n".repeat(255), directory);
    awaitSaved();
    assertThat(directory.toFile().list()).anyMatch(file -> file.endsWith(".snapshot"));
  }

  // Disks that take nothing.

  @Test
  void aNodeWithAFileInPlaceOfItsDirectoryServesAndReportsIt() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    start("a", file);
    assertThat(Http.put(port, "/web/1", "{}")).isEqualTo(204);
    awaitFailing(file.toString());
  }

  /** Blocks the place of the file that each save writes first. */
  private Path block() throws IOException {
    Path draft = directory.resolve("a.snapshot.tmp");
    Files.createDirectories(draft.resolve("x"));
    return draft;
  }

  private void unblock(Path draft) throws IOException {
    Files.move(draft, directory.resolve("aside"));
  }

  @Test
  void aNodeThatCannotSaveAtItsStartServesAndSavesAsSoonAsItCan() throws IOException {
    Path draft = block();
    start("a", directory);
    awaitFailing("a.snapshot.tmp");
    assertThat(Http.put(port, "/web/1", "{}")).isEqualTo(204);
    assertThat(directory.resolve("a.snapshot")).doesNotExist();
    unblock(draft);
    awaitSaved();
    assertThat(directory.resolve("a.snapshot")).isRegularFile();
    assertThat(Http.get(port, "/_metrics")).contains("hera_snapshot_failing 0.0\n");
  }

  @Test
  void aSaveThatFailsKeepsTheSnapshotBeforeAndIsTriedAgain() throws IOException {
    start("a", directory);
    awaitSaved();
    Path file = directory.resolve("a.snapshot");
    byte[] before = Files.readAllBytes(file);
    Path draft = block();
    assertThat(Http.put(port, "/web/1", "{}")).isEqualTo(204);
    awaitFailing("a.snapshot.tmp");
    assertThat(Http.put(port, "/web/2", "{}")).isEqualTo(204);
    assertThat(file).hasBinaryContent(before);
    unblock(draft);
    awaitSaved();
    assertThat(snapshot().getInteger("entries")).isEqualTo(2);
    assertThat(directory.resolve("a.snapshot.1")).hasBinaryContent(before);
  }
}
