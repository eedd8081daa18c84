package io.hera.disk.file;

import io.hera.registry.Delta;
import io.hera.registry.Entry;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.registry.Tombstone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings back a snapshot, whatever is in its files. It blocks. */
public final class SnapshotLoader {
  private static final Logger log = LoggerFactory.getLogger(SnapshotLoader.class);

  private final SnapshotFiles files;
  private final SnapshotSettings settings;
  private final long wallMillis;
  private final Boot boot;
  private final LongSupplier monotonicNanos;
  private final Taker taker;

  /**
   * Reads the files of a node that starts.
   *
   * @param wallMillis unix time
   * @param monotonicNanos never goes back
   * @param taker takes the pages, one after the other
   */
  public SnapshotLoader(
      SnapshotFiles files,
      SnapshotSettings settings,
      long wallMillis,
      Boot boot,
      LongSupplier monotonicNanos,
      Taker taker) {
    this.files = files;
    this.settings = settings;
    this.wallMillis = wallMillis;
    this.boot = boot;
    this.monotonicNanos = monotonicNanos;
    this.taker = taker;
  }

  /** Takes pages. A page that cannot be taken is a flaw of the snapshot. */
  @FunctionalInterface
  public interface Taker {
    /**
     * Takes a page, perhaps while the next one is read.
     *
     * @param livenessMillis the setting {@code liveness} at the save
     */
    void take(Delta page, long livenessMillis);

    /** Waits until all pages are taken. */
    default void awaitTaken() {}
  }

  /** What a file was good for. */
  private enum Use {
    ABSENT,
    /** All of it was taken. */
    WHOLE,
    /** Some of it was taken. */
    FLAWED,
    /** It is whole, and too old. */
    OLD,
    /** It is of another node or of another cluster. */
    FOREIGN,
    /** It is of a later version. */
    NEWER
  }

  /** Passes on what the files have; returns whether this node may write a snapshot in their place. */
  public boolean load() {
    Use use = read(files.current);
    if (use == Use.FLAWED || use == Use.FOREIGN) {
      files.keepCurrent();
    }
    if (use == Use.ABSENT || use == Use.FLAWED || use == Use.FOREIGN) {
      use = read(files.previous);
    }
    return use != Use.NEWER && readDrains() != Use.NEWER;
  }

  /**
   * Passes on the drains from the file of their own, which is as old as the last command: those that are
   * in the snapshot too are known by now (P18).
   */
  private Use readDrains() {
    try (SnapshotReader in = new SnapshotReader(files.drains)) {
      OptionalLong sinceMillis = ageMillis(in.header());
      Use use = judgeOrigin(files.drains, in.header());
      if (use != Use.WHOLE) {
        return use;
      }
      for (Optional<Delta> page = in.next(); page.isPresent(); page = in.next()) {
        taker.take(older(page.get(), sinceMillis.orElse(0)), in.header().livenessMillis());
      }
      taker.awaitTaken();
      return Use.WHOLE;
    } catch (NoSuchFileException absent) {
      return Use.ABSENT;
    } catch (SnapshotFlaw | IOException | RuntimeException flaw) {
      return flawed(files.drains, flaw);
    }
  }

  /** A drain with an end has it at the same time as before, whichever file has it. */
  private static Delta older(Delta page, long millis) {
    boolean drains = page.origins().stream()
        .flatMap(part -> part.entries().stream())
        .anyMatch(entry -> entry.key().isOfDrain());
    if (!drains) {
      return page;
    }
    return new Delta(
        page.origins().stream().map(part -> older(part, millis)).toList(), page.more());
  }

  private static OriginDelta older(OriginDelta part, long millis) {
    List<Entry> entries =
        part.entries().stream().map(entry -> older(entry, millis)).toList();
    return new OriginDelta(
        part.origin(), part.from(), part.to(), part.reset(), entries, part.restored());
  }

  private static Entry older(Entry entry, long millis) {
    if (!entry.key().isOfDrain()) {
      return entry;
    }
    long ageMillis = entry.ageMillis() + millis;
    return entry instanceof Registration one
        ? new Registration(
            one.key(), one.document(), one.version(), ageMillis, one.ttlMillis(), one.restored())
        : new Tombstone(entry.key(), entry.version(), ageMillis);
  }

  private Use read(Path file) {
    try (SnapshotReader in = new SnapshotReader(file)) {
      Use use = judge(file, in.header());
      return use == Use.WHOLE ? read(file, in) : use;
    } catch (NoSuchFileException absent) {
      return Use.ABSENT;
    } catch (SnapshotFlaw | IOException flaw) {
      return flawed(file, flaw);
    }
  }

  private Use read(Path file, SnapshotReader in) throws IOException {
    Progress progress = new Progress(file, Files.size(file), monotonicNanos);
    long sinceMillis = ageMillis(in.header()).orElse(0);
    try {
      for (Optional<Delta> page = in.next(); page.isPresent(); page = in.next()) {
        taker.take(older(page.get(), sinceMillis), in.header().livenessMillis());
        progress.took(page.get());
      }
      taker.awaitTaken();
      log.info(
          "snapshot restored file={} entries={} age={}",
          file,
          progress.entries(),
          ageMillis(in.header()).isPresent()
              ? ageMillis(in.header()).getAsLong() / 1_000 + "s"
              : "unknown");
      return Use.WHOLE;
    } catch (SnapshotFlaw | IOException | RuntimeException flaw) {
      log.error("{} entries of the snapshot were restored, up to its flaw", progress.entries());
      return flawed(file, flaw);
    }
  }

  private static Use flawed(Path file, Exception flaw) {
    String message = flaw instanceof SnapshotFlaw ? flaw.getMessage() : "cannot be read: " + flaw;
    log.error("the snapshot {} {}", file, message);
    return Use.FLAWED;
  }

  private Use judge(Path file, SnapshotHeader header) {
    Use use = judgeOrigin(file, header);
    OptionalLong age = ageMillis(header);
    if (use != Use.WHOLE || age.isEmpty() || age.getAsLong() <= settings.maxAgeMillis()) {
      return use;
    }
    log.warn(
        "the snapshot {} is {} s old, more than snapshot.max-age: it is not used",
        file,
        age.getAsLong() / 1_000);
    return Use.OLD;
  }

  private Use judgeOrigin(Path file, SnapshotHeader header) {
    if (header.version() > SnapshotHeader.VERSION) {
      log.error("the snapshot {} is of a later version: it is neither used nor written over", file);
      return Use.NEWER;
    }
    if (!header.node().equals(settings.node()) || differ(header.cluster(), settings.cluster())) {
      log.error(
          "the snapshot {} is of the node {} in the cluster \"{}\", not of this one",
          file,
          header.node(),
          header.cluster());
      return Use.FOREIGN;
    }
    return Use.WHOLE;
  }

  private static boolean differ(String one, String other) {
    return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
  }

  /** Returns how long ago the snapshot was made; empty if a clock is certainly wrong. */
  private OptionalLong ageMillis(SnapshotHeader header) {
    if (!boot.id().isEmpty() && boot.id().equals(header.boot())) {
      return OptionalLong.of(Math.max(0, boot.uptimeMillis() - header.uptimeMillis()));
    }
    long byWall = wallMillis - header.wallMillis();
    return byWall < 0 ? OptionalLong.empty() : OptionalLong.of(byWall);
  }

  /** Counts, and says every two seconds how far it is. */
  private static final class Progress {
    private static final long TELL_NANOS = 2_000_000_000L;

    private final Path file;
    private final long bytes;
    private final LongSupplier monotonicNanos;
    private long toldNanos;
    private long entries;

    Progress(Path file, long bytes, LongSupplier monotonicNanos) {
      this.file = file;
      this.bytes = bytes;
      this.monotonicNanos = monotonicNanos;
      this.toldNanos = monotonicNanos.getAsLong();
    }

    long entries() {
      return entries;
    }

    void took(Delta page) {
      entries += page.size();
      long now = monotonicNanos.getAsLong();
      if (now - toldNanos >= TELL_NANOS) {
        toldNanos = now;
        log.info("restoring file={} bytes={} entries={} so far", file, bytes, entries);
      }
    }
  }
}
