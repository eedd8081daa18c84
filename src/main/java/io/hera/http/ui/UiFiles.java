package io.hera.http.ui;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hera.http.FileReply;
import io.hera.wire.Sha256;
import io.hera.wire.UiMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All files of the page and one hash over them. The hash is part of every address but that of the index, so browsers may keep the files
 * forever, and the files of two versions never mix: imports inside are relative. Immutable, one per process, made on first demand.
 */
final class UiFiles {
  static final String INDEX = "index.html";

  private static final int HASH_DIGITS = 12;
  /** What the index has in place of the hash and of the mode. */
  private static final String HASH_MARK = "a/HASH/";

  private static final String MODE_MARK = "data-mode=\"full\"";

  private final String hash;
  private final Map<String, FileReply.Body> assets;
  private final Map<UiMode, FileReply.Body> indexes;

  private UiFiles(Map<String, byte[]> files) {
    hash = hash(files);
    assets = files.entrySet().stream()
        .filter(file -> !file.getKey().equals(INDEX))
        .collect(Collectors.toUnmodifiableMap(
            Map.Entry::getKey, file -> FileTypes.file(file.getKey(), file.getValue())));
    String index = new String(files.get(INDEX), UTF_8).replace(HASH_MARK, "a/" + hash + "/");
    indexes = Map.of(
        UiMode.TRUE, page(index),
        UiMode.READ_ONLY, page(index.replace(MODE_MARK, "data-mode=\"read-only\"")));
  }

  /** Read on first use, once: the JVM sees to that. */
  private static final class Lazy {
    static final UiFiles ALL = read();
  }

  /** Returns the files. Reads them on the first call: not for event loops. */
  static UiFiles load() {
    return Lazy.ALL;
  }

  private static UiFiles read() {
    try {
      return new UiFiles(UiFolder.read());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the hash in the addresses of the files. */
  String hash() {
    return hash;
  }

  /** Returns the first page. */
  FileReply.Body index(UiMode mode) {
    return Optional.ofNullable(indexes.get(mode)).orElseThrow();
  }

  /** Returns the file at {@code <hash>/<path>}, if it is of this version. */
  Optional<FileReply.Body> asset(String address) {
    int slash = address.indexOf('/');
    return slash > 0 && address.substring(0, slash).equals(hash)
        ? Optional.ofNullable(assets.get(address.substring(slash + 1)))
        : Optional.empty();
  }

  private static FileReply.Body page(String html) {
    return FileTypes.file(INDEX, html.getBytes(UTF_8));
  }

  /** Names and contents count, each with its length in front: files cannot be divided in two ways. */
  private static String hash(Map<String, byte[]> files) {
    MessageDigest digest = Sha256.begin();
    files.forEach((name, bytes) -> {
      digest.update((name + '\0' + bytes.length + '\0').getBytes(UTF_8));
      digest.update(bytes);
    });
    return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
  }
}
