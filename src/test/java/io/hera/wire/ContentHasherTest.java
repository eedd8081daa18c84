package io.hera.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.ContentVersion;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which parts of a document are content. */
class ContentHasherTest {
  private static final String DOCUMENT =
      "{\"a\":1,\"b\":{\"updated_at\":2,\"c\":[{\"x\":1,\"y\":2}]}}";

  private final ContentHasher contents = new ContentHasher(Set.of("updated_at", "seen"));

  private ContentVersion of(String document) {
    return contents.of("s", "i", document.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"b\":{\"updated_at\":2,\"c\":[{\"x\":1,\"y\":2}]},\"a\":1}",
        "{\"b\":{\"c\":[{\"y\":2,\"x\":1}],\"updated_at\":2},\"a\":1}",
        " {\n\"a\" : 1 , \"b\":{ \"updated_at\":2\t,\"c\" : [ { \"x\":1 , \"y\":2 } ] } }\r\n ",
        "{\"updated_at\":\"2026\",\"b\":{\"updated_at\":2,\"c\":[{\"x\":1,\"y\":2}]},\"a\":1}",
        "{\"\\u0061\":1,\"b\":{\"updated\\u005fat\":2,\"c\":[{\"x\":1,\"\\u0079\":2}]}}",
        "{\"a\":1,\"updated\\u005fat\":[1,{\"x\":\"}\"}],\"seen\":null,"
            + "\"b\":{\"updated_at\":2,\"c\":[{\"x\":1,\"y\":2}]}}"
      })
  void orderWhiteSpaceEscapesAndVolatileMembersAreNotContent(String document) {
    assertThat(of(document)).isEqualTo(of(DOCUMENT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":1}",
        "{\"a\":1.0,\"b\":{\"updated_at\":2,\"c\":[{\"x\":1,\"y\":2}]}}",
        "{\"a\":1,\"b\":{\"updated_at\":3,\"c\":[{\"x\":1,\"y\":2}]}}",
        "{\"a\":1,\"b\":{\"c\":[{\"x\":1,\"y\":2}]}}",
        "{\"a\":1,\"b\":{\"updated_at\":2,\"c\":[{\"x\":1},{\"y\":2}]}}",
        "{\"a\":1,\"b\":{\"updated_at\":2,\"c\":[{\"x\":2,\"y\":1}]}}",
        "{\"a\":1,\"b\":{\"updated_at\":2,\"c\":{\"x\":1,\"y\":2}}}",
        "{\"ab\":1,\"\":{\"updated_at\":2,\"c\":[{\"x\":1,\"y\":2}]}}",
        "{\"a\":\"1\",\"b\":{\"updated_at\":2,\"c\":[{\"x\":1,\"y\":2}]}}",
        "{\"a\":1,\"b\":{\"updated_at\":2,\"c\":[{\"x\":1,\"y\":2}]},\"c\":\"updated_at\"}"
      })
  void allElseIsContent(String document) {
    assertThat(of(document)).isNotEqualTo(of(DOCUMENT));
  }

  @Test
  void theOrderOfElementsIsContent() {
    assertThat(of("{\"a\":[1,2]}")).isNotEqualTo(of("{\"a\":[2,1]}"));
    assertThat(of("{\"a\":[[],1]}")).isNotEqualTo(of("{\"a\":[[1]]}"));
  }

  @Test
  void serviceAndIdAreContent() {
    byte[] document = "{}".getBytes(StandardCharsets.UTF_8);
    assertThat(Set.of(
            contents.of("s", "i", document),
            contents.of("i", "s", document),
            contents.of("si", "", document),
            contents.of("s", "I", document)))
        .hasSize(4);
  }

  @Test
  void aDocumentOfVolatileMembersOnlyEqualsTheEmptyDocument() {
    assertThat(of("{\"updated_at\":1}")).isEqualTo(of("{ }"));
  }
}
