package io.hera.http.ui;

import io.hera.http.Compression;
import io.hera.http.FileReply;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** The media types of the files of the page, by the ends of their names. */
final class FileTypes {
  private static final Map<String, String> TYPES = Map.of(
      "html", "text/html; charset=utf-8",
      "js", "text/javascript; charset=utf-8",
      "css", "text/css; charset=utf-8",
      "svg", "image/svg+xml");
  private static final String OTHER = "text/plain; charset=utf-8";

  private FileTypes() {}

  /** Returns the file of this name, compressed too if that pays. */
  static FileReply.Body file(String name, byte[] bytes) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    Optional<Buffer> gzip = Compression.pays(bytes.length)
        ? Optional.of(Buffer.buffer(smallest(bytes)))
        : Optional.empty();
    return new FileReply.Body(TYPES.getOrDefault(ending, OTHER), Buffer.buffer(bytes), gzip);
  }

  /** Compresses a file once per process, as small as can be: a tenth smaller than replies, which are compressed fast. */
  private static byte[] smallest(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2);
    try (OutputStream gzip = new Best(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Takes the time that the smallest result needs. */
  private static final class Best extends GZIPOutputStream {
    Best(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
