package io.hera.disk.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The files of a snapshot as a process leaves them that ends, or a disk that fails, at any moment. */
class SnapshotCrashTest extends SavedSnapshots {
  @Test
  void theSnapshotBeforeIsKept() throws IOException {
    save(header(), 1);
    save(header(), 4);
    save(header(), 7);
    assertThat(load().pages()).isEqualTo(pages(7));
    Files.delete(files.current);
    assertThat(load().pages()).isEqualTo(pages(4));
    assertThat(names()).containsExactly("a.lock", "a.snapshot.1");
  }

  @Test
  void aSaveThatFailsLeavesTheOldFile() throws IOException {
    save(header(), 1);
    try (SnapshotWriter out = new SnapshotWriter(files.draft(), header())) {
      assertThat(out.bytes()).isPositive();
    }
    assertThat(load().pages()).isEqualTo(pages(1));
    files.discard();
    assertThat(directory.resolve("a.snapshot.tmp")).doesNotExist();
    save(header(), 4);
    assertThat(load().pages()).isEqualTo(pages(4));
  }

  /** Cut off at each byte: the pages before that are taken, and the others from the file before. */
  @Test
  void ofAFileThatIsCutOffThePagesBeforeThatAreTaken() throws IOException {
    save(header(), 1);
    save(header(), 4);
    byte[] whole = Files.readAllBytes(files.current);
    for (int length = 0; length < whole.length; length++) {
      Files.write(files.current, Arrays.copyOf(whole, length));
      Loaded loaded = load();
      assertThat(loaded.mayWrite()).isTrue();
      int before = loaded.pages().size() - PAGES;
      assertThat(before).as("length %d", length).isBetween(0, PAGES);
      assertThat(loaded.pages().subList(0, before)).isEqualTo(pages(4).subList(0, before));
      assertThat(loaded.pages().subList(before, before + PAGES)).isEqualTo(pages(1));
      assertThat(files.current).as("it stays until the next save").exists();
    }
    save(header(), 7);
    assertThat(files.bad).exists();
    assertThat(load().pages()).isEqualTo(pages(7));
    Files.delete(files.current);
    assertThat(load().pages()).as("the good one before").isEqualTo(pages(1));
  }

  /** The node ends between its start and its first save, and starts again. */
  @Test
  void aFileThatIsCutOffIsUsedAgainAtTheNextStart() throws IOException {
    save(header(), 1);
    byte[] whole = Files.readAllBytes(files.current);
    Files.write(files.current, Arrays.copyOf(whole, whole.length - 20));
    assertThat(load().pages()).isEqualTo(pages(1).subList(0, 2));
    assertThat(load().pages()).isEqualTo(pages(1).subList(0, 2));
  }

  /** Both names are one file then. */
  @Test
  void aCrashAfterTheOldFileGotItsSecondNameLosesNoSnapshot() throws IOException {
    save(header(), 1);
    save(header(), 4);
    Files.delete(files.previous);
    Files.createLink(files.previous, files.current);
    assertThat(load().pages()).isEqualTo(pages(4));
    save(header(), 7);
    save(header(), 10);
    assertThat(load().pages()).isEqualTo(pages(10));
    Files.delete(files.current);
    assertThat(load().pages()).isEqualTo(pages(7));
    assertThat(names()).containsExactly("a.lock", "a.snapshot.1");
  }
}
