package io.hera.disk.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.store.history.HistoryEvent;
import io.hera.store.history.HistoryEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of events as a process, a disk or an operator may leave it. */
class EventFileTest {
  @TempDir
  private Path directory;

  private Path path;

  @BeforeEach
  void name() {
    path = directory.resolve("a.events.jsonl");
  }

  private static List<HistoryEvent> events(long from, int count) {
    return HistoryEvents.registrations(from, count);
  }

  private void append(List<HistoryEvent> events) throws IOException {
    try (EventFile file = new EventFile(path)) {
      file.append(events);
    }
  }

  private List<Long> read(int max) throws IOException {
    return EventTail.read(path, max).events().stream().map(HistoryEvent::number).toList();
  }

  @Test
  void eachEventIsALineThatOnlyTheOwnerMayRead() throws IOException {
    List<HistoryEvent> events = HistoryEvents.ofAllKinds(1);
    append(events);
    assertThat(Files.readAllLines(path))
        .isEqualTo(events.stream().map(HistoryEvents::text).toList())
        .allMatch(line -> line.contains("\"life\":\"9f2c\""))
        .allMatch(line -> line.contains("\"documents\":false"));
    assertThat(Files.readString(path)).endsWith("\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void theLastEventsAreReadBackOldestFirst() throws IOException {
    assertThat(read(5)).isEmpty();
    append(events(1, 10));
    append(events(11, 10));
    assertThat(read(5)).containsExactly(16L, 17L, 18L, 19L, 20L);
    assertThat(read(100)).hasSize(20).startsWith(1L).isSorted();
    assertThat(EventTail.read(path, 100).passedOver()).isZero();
  }

  @Test
  void aFullFileTakesThePlaceOfTheFormerOne() throws IOException {
    long bytesMax = HistoryEvents.line(events(2, 1).get(0)).length * 3L;
    try (EventFile file = new EventFile(path, bytesMax)) {
      for (int n = 1; n <= 8; n++) {
        file.append(events(n, 1));
      }
    }
    assertThat(Files.readAllLines(path)).hasSize(2);
    assertThat(Files.readAllLines(EventFile.former(path))).hasSize(3);
    assertThat(read(100)).as("of both files").containsExactly(4L, 5L, 6L, 7L, 8L);
    assertThat(read(4)).containsExactly(5L, 6L, 7L, 8L);
    assertThat(directory.toFile().list()).hasSize(2);
    try (EventFile file = new EventFile(path, bytesMax)) {
      file.append(events(9, 3));
      file.append(events(12, 1));
    }
    assertThat(read(100)).as("a start goes on").containsExactly(7L, 8L, 9L, 10L, 11L, 12L);
  }

  @Test
  void theNextEventAfterATornLineIsALineOfItsOwn() throws IOException {
    append(events(1, 2));
    byte[] whole = Files.readAllBytes(path);
    for (int length = 0; length <= whole.length; length++) {
      Files.write(path, Arrays.copyOf(whole, length));
      append(events(3, 2));
      assertThat(read(10)).as("length %d", length).endsWith(3L, 4L);
      assertThat(Files.readString(path, StandardCharsets.ISO_8859_1))
          .as("length %d", length)
          .doesNotContain("\n\n");
    }
    assertThat(read(10)).containsExactly(1L, 2L, 3L, 4L);
  }

  /** A line that is not damaged is read back, unless a damaged number hides it. */
  @Test
  void damagedFilesAreReadAsFarAsTheyAreEvents() throws IOException {
    append(events(1, 30));
    byte[] whole = Files.readAllBytes(path);
    Random random = new Random(2012);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = whole.clone();
      for (int flips = random.nextInt(20); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(path, Arrays.copyOf(damaged, random.nextInt(damaged.length + 1)));
      List<Long> numbers = read(20);
      assertThat(numbers).as("seed 2012, %d", i).hasSizeLessThanOrEqualTo(20).isSorted();
      assertThat(numbers).as("seed 2012, %d", i).doesNotHaveDuplicates();
    }
  }

  /** A node without its directory has counted from 1 again. */
  @Test
  void eventsThatWereCountedFromOneAgainAreTheOnesReadBack() throws IOException {
    append(events(500, 10));
    append(events(1, 3));
    EventTail.Tail tail = EventTail.read(path, 100);
    assertThat(tail.events().stream().map(HistoryEvent::number)).containsExactly(1L, 2L, 3L);
    assertThat(tail.passedOver()).isEqualTo(10);
  }

  @Test
  void ofAHugeFileOnlyTheEndIsRead() throws IOException {
    byte[] line = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 20; i++) {
      Files.write(path, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    append(events(1, 2));
    assertThat(read(100)).containsExactly(1L, 2L);
  }

  @Test
  void anOperatorMayMoveOrEmptyTheFileOfARunningNode() throws IOException {
    try (EventFile file = new EventFile(path)) {
      file.append(events(1, 2));
      Files.move(path, directory.resolve("moved"));
      file.append(events(3, 2));
      assertThat(read(10)).containsExactly(3L, 4L);
      Files.write(path, new byte[0]);
      file.append(events(5, 1));
      assertThat(read(10)).containsExactly(5L);
    }
  }

  @Test
  void aWriteThatFailsIsTriedAgain() throws IOException {
    Files.createDirectories(path.resolve("x"));
    try (EventFile file = new EventFile(path)) {
      assertThatThrownBy(() -> file.append(events(1, 1)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is not a file");
      assertThat(read(10)).isEmpty();
      Files.move(path, directory.resolve("aside"));
      file.append(events(1, 2));
      assertThat(read(10)).containsExactly(1L, 2L);
    }
  }
}
