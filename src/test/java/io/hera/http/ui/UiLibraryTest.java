package io.hera.http.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The files of lit-html 3.3.2 in the page, byte for byte: other ones would run with all rights of a user. */
class UiLibraryTest {
  private static final String FOLDER = "lib/";
  private static final Map<String, String> PINNED = Map.of(
      "LICENSE", "2b66f9390afde29edfe4314daff93f01fb182e1178053e228120178987e5db75",
      "directive-helpers.js", "f7fb1154b8f72ed2cc08b05eaeed71c99270e9ad2d48620ed24688a1af4c2b62",
      "directive.js", "3344c4f41c69cd0701d3937e8f9ef90bd845614bf6456d0b8314b7c51d415b9d",
      "lit-html.js", "5b38623fdb1513e0a559fc25d516f669027f937c86d4451f7e704d37c298e061",
      "directives/repeat.js", "083140026ecd8665fedd15b17769f9d516252a9f1502f1e91e6967686ee82626");

  @Test
  void theLibraryIsTheOneThatWasReadOnce() throws IOException, GeneralSecurityException {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    Map<String, String> found = new TreeMap<>();
    UiFolder.read().forEach((name, bytes) -> {
      if (name.startsWith(FOLDER)) {
        found.put(name.substring(FOLDER.length()), HexFormat.of().formatHex(sha256.digest(bytes)));
      }
    });

    assertThat(found).isEqualTo(PINNED);
  }

  /** A browser fetches them over slow links too. */
  @Test
  void allFilesTogetherAreSmall() throws IOException {
    int bytes = UiFolder.read().entrySet().stream()
        .map(file -> FileTypes.file(file.getKey(), file.getValue()))
        .mapToInt(file -> file.gzip().orElse(file.plain()).length())
        .sum();

    assertThat(bytes).isLessThan(70 << 10);
  }
}
