package io.hera.disk.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files a node uses when it starts, and which it writes. */
class SnapshotFilesTest extends SavedSnapshots {
  @Test
  void allSavedPagesComeBack() throws IOException {
    assertThat(load()).isEqualTo(new Loaded(List.of(), true));
    save(header(), 1);
    assertThat(load()).isEqualTo(new Loaded(pages(1), true));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.current)))
        .isEqualTo("rw-------");
  }

  /** One bit of each byte. */
  @Test
  void aFlippedBitOfAPageIsNoticed() throws IOException {
    save(header(), 1);
    byte[] whole = Files.readAllBytes(files.current);
    Random random = new Random(1);
    int page = 0;
    int pageBegin = header().line().length;
    for (int at = pageBegin; at < whole.length; at++) {
      if (at == pageBegin) {
        page++;
        pageBegin += 8 + ByteBuffer.wrap(whole).getInt(at);
      }
      Files.write(files.current, flipped(whole, at, random.nextInt(8)));
      assertThat(load().pages())
          .as("byte %d, of page %d", at, page)
          .isEqualTo(pages(1).subList(0, Math.min(PAGES, page - 1)));
    }
  }

  /** The file is then of another node, too old, of a later version or not a snapshot, or all of it is used. */
  @Test
  void aFlippedBitOfTheHeaderStopsNothing() throws IOException {
    save(header(), 1);
    byte[] whole = Files.readAllBytes(files.current);
    Random random = new Random(1);
    for (int at = 0; at < header().line().length; at++) {
      Files.write(files.current, flipped(whole, at, random.nextInt(8)));
      Loaded loaded = load();
      assertThat(loaded.pages()).as("byte %d", at).isIn(List.of(), pages(1));
      assertThat(loaded.mayWrite() || loaded.pages().isEmpty()).isTrue();
    }
  }

  private static byte[] flipped(byte[] bytes, int at, int bit) {
    byte[] flipped = bytes.clone();
    flipped[at] ^= (byte) (1 << bit);
    return flipped;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "{}\n",
        "[1]\n",
        "{\"hera-snapshot\":\"x\"}\n",
        "{\"hera-snapshot\":1,\"node\":null}\n",
        "{\"hera-snapshot\":1,\"node\":\"a\",\"cluster\":null,\"boot\":null}\n",
        "\u0000\u0000\n"
      })
  void aFileThatIsNotASnapshotIsKeptAside(String content) throws IOException {
    Files.writeString(files.current, content);
    assertThat(load()).isEqualTo(new Loaded(List.of(), true));
    save(header(), 1);
    assertThat(files.bad).hasContent(content);
    assertThat(load().pages()).isEqualTo(pages(1));
  }

  @Test
  void aHeaderWithoutEndIsNotReadForever() throws IOException {
    Files.write(files.current, new byte[1 << 20]);
    assertThat(load().pages()).isEmpty();
  }

  @Test
  void theSnapshotOfALaterVersionIsNeitherUsedNorWrittenOver() throws IOException {
    save(header(), 1);
    save(new SnapshotHeader(2, "a", "9f2c", "prod", NOW, "boot-1", 50_000, 300_000), 4);
    byte[] before = Files.readAllBytes(files.current);
    assertThat(load()).isEqualTo(new Loaded(List.of(), false));
    assertThat(files.current).hasBinaryContent(before);
  }

  @ParameterizedTest
  @CsvSource({"b,prod", "a,test"})
  void theSnapshotOfAnotherNodeOrClusterIsKeptAside(String node, String cluster)
      throws IOException {
    save(new SnapshotHeader(1, node, "9f2c", cluster, NOW, "boot-1", 50_000, 300_000), 1);
    assertThat(load()).isEqualTo(new Loaded(List.of(), true));
    save(header(), 4);
    assertThat(files.bad).exists();
    assertThat(load().pages()).isEqualTo(pages(4));
  }

  @Test
  void aClusterThatGotItsNameSinceIsTheSame() throws IOException {
    save(new SnapshotHeader(1, "a", "9f2c", "", NOW, "boot-1", 50_000, 300_000), 1);
    assertThat(load().pages()).hasSize(PAGES);
  }

  /** Within one boot of the machine its uptime tells, whatever the wall clock says. */
  @ParameterizedTest
  @CsvSource({
    "boot-1, 3600000, 51000, true",
    "boot-1, -999999999, 51000, true",
    "boot-1, 1000, 3650001, false",
    "boot-2, 3600000, 5, true",
    "boot-2, 3600001, 5, false",
    "boot-2, -31536000000, 5, true",
    "'', 3600001, 0, false",
  })
  void anOldSnapshotIsNotUsed(String boot, long wallPassed, long uptime, boolean used)
      throws IOException {
    save(header(), 1);
    Loaded loaded = load(NOW + wallPassed, new Boot(boot, uptime));
    assertThat(loaded).isEqualTo(new Loaded(used ? pages(1) : List.of(), true));
    assertThat(files.current).exists();
  }

  // The lock.

  @Test
  void twoNodesCannotUseTheSameFiles() throws Exception {
    assertThatThrownBy(() -> new SnapshotFiles(directory, "a").close())
        .isInstanceOf(SnapshotFiles.InUse.class)
        .hasMessage("has the snapshot of another node that runs, process "
            + ProcessHandle.current().pid());
    new SnapshotFiles(directory, "b").close();
    files.close();
    new SnapshotFiles(directory, "a").close();
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsReportedAndStopsNothing() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    try (SnapshotFiles none = new SnapshotFiles(file, "a")) {
      assertThat(none.readOnly()).contains(file.toString());
    }
  }

  @Test
  void aNewDirectoryIsMadeForTheOwnerAlone() throws Exception {
    Path made = directory.resolve("x/y");
    try (SnapshotFiles taken = new SnapshotFiles(made, "a")) {
      assertThat(taken.readOnly()).isEmpty();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rwx------");
    }
  }
}
