package io.hera.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Checks documents for tests. */
final class DocumentFlaws {
  private DocumentFlaws() {}

  static Malformed assertFlaw(String document, String reason, int offset) {
    Malformed flaw = flaw(document);
    assertThat(flaw.reason()).isEqualTo(reason);
    assertThat(flaw.offset()).isEqualTo(offset);
    return flaw;
  }

  static Malformed flaw(String document) {
    Malformed flaw = catchThrowableOfType(Malformed.class, () -> check(document));
    assertThat(flaw).as(document).isNotNull();
    return flaw;
  }

  static void check(String document) throws Malformed {
    Documents.check(bytes(document), 1 << 17, 32);
  }

  static byte[] bytes(String document) {
    return document.getBytes(UTF_8);
  }
}
