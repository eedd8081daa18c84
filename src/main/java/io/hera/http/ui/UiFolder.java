package io.hera.http.ui;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The folder with the files of the page: in the jar of the node, or in a directory of classes. */
final class UiFolder {
  /** A file that is always there: where it lies, the others do. */
  private static final String INDEX = "files/index.html";

  private UiFolder() {}

  /** Returns path → bytes of all files, in the order of paths. Reads a disk. */
  static Map<String, byte[]> read() throws IOException {
    URL index = Objects.requireNonNull(UiFolder.class.getResource(INDEX));
    return index.openConnection() instanceof JarURLConnection jar
        ? ofJar(jar)
        : ofDirectory(
            Objects.requireNonNull(Path.of(URI.create(index.toString())).getParent()));
  }

  private static Map<String, byte[]> ofJar(JarURLConnection index) throws IOException {
    String folder = index.getEntryName().substring(0, index.getEntryName().lastIndexOf('/') + 1);
    // Not the one that the class loader uses, which must stay open.
    index.setUseCaches(false);
    Map<String, byte[]> files = new TreeMap<>();
    try (JarFile jar = index.getJarFile()) {
      for (JarEntry entry : jar.stream().toList()) {
        if (entry.getName().startsWith(folder) && !entry.isDirectory()) {
          files.put(entry.getName().substring(folder.length()), bytes(jar, entry));
        }
      }
    }
    return files;
  }

  private static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static Map<String, byte[]> ofDirectory(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }
}
