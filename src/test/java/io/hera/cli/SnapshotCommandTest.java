package io.hera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.cli.shell.Surroundings;
import io.hera.disk.file.SnapshotHeader;
import io.hera.disk.file.SnapshotWriter;
import io.hera.registry.Delta;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.registry.Tombstone;
import io.hera.testkit.Console;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotCommandTest {
  @TempDir
  private Path directory;

  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("a.snapshot");
    SnapshotHeader header =
        new SnapshotHeader(1, "a", "9f2c", "prod", 1_700_000_000_000L, "", 0, 300_000);
    try (SnapshotWriter out = new SnapshotWriter(file, header)) {
      out.page(page(
          "a",
          entry("web", "é", 10, true),
          entry("web", "2", 10, false),
          entry("web", "3", 9, false)));
      out.page(page(
          "b",
          entry("db", "1", 11, false),
          entry("web", "2", 12, false),
          new Tombstone(new Key("web", "3"), 10, 0)));
      out.end();
    }
  }

  private static Entry entry(String service, String id, long version, boolean restored) {
    byte[] document = " {\"v\":%d}".formatted(version).getBytes(StandardCharsets.UTF_8);
    return new Registration(new Key(service, id), document, version, 0, 300_000, restored);
  }

  private static byte[] page(String origin, Entry... entries) {
    return V2Codec.encode(new V2Answer(
        Handshake.of(new NodeId("a", "9f2c")),
        1,
        300_000,
        new Delta(List.of(new OriginDelta(origin, 0, 20, false, List.of(entries))))));
  }

  /** What a command has printed, and its exit code. */
  private record Ran(String out, String err, int code) {}

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Surroundings around = Console.surroundings(InputStream.nullInputStream(), out, err);
    int code = Hera.execute("1", launch -> 7, around, arguments);
    return new Ran(out.toString(), err.toString(), code);
  }

  @Test
  void theInstancesThatWinArePrintedAsAnExport() {
    Ran shown = run("snapshot", "show", file.toString());
    assertThat(shown.out())
        .isEqualTo("{\"db\":{\"1\": {\"v\":11}},\"web\":{\"2\": {\"v\":12},\"é\": {\"v\":10}}}\n");
    assertThat(shown.err())
        .isEqualTo(
            "node a in prod, written 2023-11-14T22:13:20Z\n1 of 3 instances were not confirmed\n");
    assertThat(shown.code()).isZero();
  }

  @Test
  void ofADamagedFileTheInstancesBeforeTheDamageArePrinted() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 20));
    Ran shown = run("snapshot", "show", file.toString());
    assertThat(shown.out()).startsWith("{\"web\":{\"2\": {\"v\":10}");
    assertThat(shown.err()).endsWith("hera: " + file + " is cut off after 1 pages\n");
    assertThat(shown.code()).isOne();
  }

  @Test
  void aFileThatIsNotThereOrIsNoSnapshotIsNamed() throws IOException {
    Ran absent = run("snapshot", "show", directory.resolve("none").toString());
    assertThat(absent.err()).isEqualTo("hera: " + directory.resolve("none") + ": no such file\n");
    assertThat(absent.code()).isEqualTo(2);
    Path other = Files.writeString(directory.resolve("other"), "{}\n");
    Ran foreign = run("snapshot", "show", other.toString());
    assertThat(foreign.err()).contains("other does not begin with a line of a snapshot");
    assertThat(foreign.code()).isOne();
    assertThat(run("snapshot").code()).isEqualTo(2);
  }

  @Test
  void aDrainIsNoInstance() throws IOException {
    Path drained = directory.resolve("drained.snapshot");
    SnapshotHeader header =
        new SnapshotHeader(1, "a", "9f2c", "prod", 1_700_000_000_000L, "", 0, 300_000);
    try (SnapshotWriter out = new SnapshotWriter(drained, header)) {
      out.page(page("a", entry("_drain", "web", 10, false), entry("web", "1", 11, false)));
      out.end();
    }
    Ran ran = run("snapshot", "show", drained.toString());
    assertThat(ran.out()).doesNotContain("_drain");
    assertThat(ran.err())
        .contains("of 1 instances")
        .contains("drains, or removals of drains: web\n");
  }
}
