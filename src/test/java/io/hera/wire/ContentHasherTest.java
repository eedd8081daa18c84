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
  private final ContentHasher contents = new ContentHasher(Set.of("updated_at", "seen"));

  private ContentVersion of(String document) {
    return contents.of("s", "i", document.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"b\":{\"updated_at\":2}}",
        " {\n\"a\" : 1 , \"b\":{\"updated_at\":2} } ",
        "{\"updated_at\":\"2026\",\"a\":1,\"b\":{\"updated_at\":2}}",
        "{\"a\":1,\"updated\\u005fat\":[1,{\"x\":\"}\"}],\"b\":{\"updated_at\":2},\"seen\":null}"
      })
  void volatileMembersAndWhiteSpaceBetweenMembersAreNotContent(String document) {
    assertThat(of(document)).isEqualTo(of("{\"a\":1,\"b\":{\"updated_at\":2}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":1}",
        "{\"a\":1.0,\"b\":{\"updated_at\":2}}",
        "{\"a\":1,\"b\":{\"updated_at\":3}}",
        "{\"b\":{\"updated_at\":2},\"a\":1}",
        "{\"ab\":1,\"\":{\"updated_at\":2}}",
        "{\"a\":1,\"b\":{\"updated_at\":2},\"c\":\"updated_at\"}"
      })
  void allOtherBytesAreContent(String document) {
    assertThat(of(document)).isNotEqualTo(of("{\"a\":1,\"b\":{\"updated_at\":2}}"));
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
