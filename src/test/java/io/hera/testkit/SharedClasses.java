package io.hera.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The classes of a node, loaded and checked, in an archive beside the jar: the tests start hundreds of nodes, and each takes
 * 1.6 instead of 2.5 seconds of CPU with it. The first process of tests that needs the archive makes it.
 */
final class SharedClasses {
  private static final String ARCHIVE = "shared-classes-" + Runtime.version().feature() + ".jsa";

  private static final Set<Path> ready = new HashSet<>();

  private SharedClasses() {}

  /** Returns the options with which a JVM that runs {@code jar} uses the archive. */
  static synchronized List<String> options(String jar) {
    Path archive = Path.of(jar).resolveSibling(ARCHIVE);
    if (!ready.contains(archive)) {
      makeIfOld(archive, jar);
      ready.add(archive);
    }
    return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
  }

  private static void makeIfOld(Path archive, String jar) {
    Path lock = archive.resolveSibling(ARCHIVE + ".lock");
    try (FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      var unused = channel.lock(); // for other processes, until it is closed
      if (!isNewer(archive, Path.of(jar))) {
        make(archive, jar);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNewer(Path archive, Path jar) throws IOException {
    return Files.exists(archive)
        && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0;
  }

  /** Has a node write the archive when it ends. */
  private static void make(Path archive, String jar) throws IOException {
    Path made = archive.resolveSibling(ARCHIVE + ".new");
    List<String> options = List.of(
        "-XX:ArchiveClassesAtExit=" + made, "-Xlog:disable", "-XX:+UseSerialGC", "-jar", jar);
    int port = Ports.free();
    try (HeraProcess node = HeraProcess.startWith(options, "-p", Integer.toString(port))) {
      node.awaitOk(port, "/_health/ready").stop();
    }
    Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
  }
}
