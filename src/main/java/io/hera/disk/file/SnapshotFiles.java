package io.hera.disk.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The files of one node in its directory: {@code NAME.snapshot}, the one before it as {@code .1}, one that could not be read as
 * {@code .bad}, {@code NAME.drains}, {@code NAME.events.jsonl}, and {@code NAME.lock}, which a process holds as long as it lives.
 *
 * <p>At no moment is there no snapshot: a new one is written aside, and takes the place of the old one when the disk has it.
 *
 * <p>A directory that cannot be written to, or that knows no locks, is read only.
 */
public final class SnapshotFiles implements AutoCloseable {
  private static final int NAME_MAX = 200;

  /** The locks of this process: the system frees them as soon as any channel to their file is closed. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  final Path current;
  final Path previous;
  final Path bad;
  final Path drains;
  private final Path directory;
  private final Path draft;
  private final Path link;
  private final Path events;
  private final Path drainsDraft;
  private final Path lockFile;
  /** Open as long as the process runs; empty if nothing can be written. */
  private final Optional<FileChannel> lock;

  private final String readOnly;
  /** Whether the current file is to be kept aside when another one takes its place. */
  private volatile boolean isBad;

  /**
   * Takes the files of a node. It blocks.
   *
   * @throws InUse if another process has them
   */
  public SnapshotFiles(Path directory, String node) throws InUse {
    this.directory = directory;
    String name = fileName(node);
    current = directory.resolve(name + ".snapshot");
    previous = directory.resolve(name + ".snapshot.1");
    bad = directory.resolve(name + ".snapshot.bad");
    draft = directory.resolve(name + ".snapshot.tmp");
    link = directory.resolve(name + ".snapshot.1.tmp");
    events = directory.resolve(name + ".events.jsonl");
    drains = directory.resolve(name + ".drains");
    drainsDraft = directory.resolve(name + ".drains.tmp");
    lockFile = directory.resolve(name + ".lock");
    Optional<FileChannel> locked = Optional.empty();
    String failure = "";
    try {
      locked = Optional.of(lock());
    } catch (IOException unsupported) {
      failure = unsupported.toString();
    }
    lock = locked;
    readOnly = failure;
  }

  /** The name of a node may be as long as that of a file. */
  private static String fileName(String node) {
    return node.length() <= NAME_MAX
        ? node
        : node.substring(0, NAME_MAX) + "-" + Integer.toHexString(node.hashCode());
  }

  /** Returns why nothing can be written; empty if something can. */
  public String readOnly() {
    return readOnly;
  }

  /** Returns the file of events. */
  public Path events() {
    return events;
  }

  /** Another process uses the same files. */
  public static final class InUse extends Exception {
    private static final long serialVersionUID = 1;

    private InUse(String message) {
      super(message);
    }
  }

  private FileChannel lock() throws IOException, InUse {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    if (!HELD.add(lockName())) {
      throw inUse(Long.toString(ProcessHandle.current().pid()));
    }
    try {
      return lockFile();
    } catch (IOException | InUse failure) {
      HELD.remove(lockName());
      throw failure;
    }
  }

  private Path lockName() throws IOException {
    return directory.toRealPath().resolve(lockFile.getFileName());
  }

  private FileChannel lockFile() throws IOException, InUse {
    FileChannel file = FileChannel.open(
        lockFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (file.tryLock() == null) {
        throw inUse(Files.readString(lockFile).strip());
      }
    } catch (IOException | InUse failure) {
      file.close();
      throw failure;
    }
    tellPid(file);
    return file;
  }

  private static InUse inUse(String pid) {
    return new InUse(
        "has the snapshot of another node that runs" + (pid.isEmpty() ? "" : ", process " + pid));
  }

  /** On a full disk, the lock holds all the same. */
  private static void tellPid(FileChannel file) {
    try {
      file.truncate(0);
      file.write(ByteBuffer.wrap(
          (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException untold) {
      // who else wants the files is refused without it
    }
  }

  /** Returns the file to write the next snapshot to; what a save that failed has left is gone. */
  public Path draft() throws IOException {
    Files.deleteIfExists(draft);
    return draft;
  }

  /**
   * Gives the draft, which the disk has, the place of the current snapshot. That takes the place of the
   * previous one, or is kept aside if it is bad.
   */
  public void replace() throws IOException {
    if (Files.isDirectory(current)) {
      Files.move(current, bad, StandardCopyOption.ATOMIC_MOVE);
    } else if (Files.exists(current)) {
      Files.deleteIfExists(link);
      linkOrCopy();
      Files.move(
          link,
          isBad ? bad : previous,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(draft, current, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    isBad = false;
    forceNames();
  }

  /** Returns the file to write the drains to; what a save that failed has left is gone. */
  public Path drainsDraft() throws IOException {
    Files.deleteIfExists(drainsDraft);
    return drainsDraft;
  }

  /** Gives the draft, which the disk has, the place of the drains. */
  public void replaceDrains() throws IOException {
    Files.move(
        drainsDraft, drains, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceNames();
  }

  /** Returns when the disk has the names of the files. */
  private void forceNames() throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /** Some file systems have no hard links. */
  private void linkOrCopy() throws IOException {
    try {
      Files.createLink(link, current);
    } catch (UnsupportedOperationException | FileSystemException unsupported) {
      Files.copy(current, link);
    }
  }

  /** Removes the draft of a save that has failed. */
  public void discard() {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException left) {
      // the next save removes it, or fails by it
    }
  }

  /** The current snapshot cannot be used, or not to its end: it stays until another one takes its place, and is kept then. */
  void keepCurrent() {
    isBad = true;
  }

  @Override
  public void close() throws IOException {
    if (lock.isPresent()) {
      lock.get().close();
      HELD.remove(lockName());
    }
  }
}
