package io.hera.config;

import static io.hera.config.ConfigTexts.faults;
import static io.hera.config.ConfigTexts.load;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not a configuration at all: missing, unreadable, not text, not YAML, hostile. */
class ConfigFileTest {
  @TempDir
  private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n", "--- # nothing\n...\n"})
  void aFileWithoutSettingsIsAFault(String text) {
    assertThat(faults(text)).singleElement().asString().isEqualTo("f.yml: is empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name: a\n---\nname: b\n",
        "a: &a [x]\nb: &b [*a, *a]\n",
        "a: &a {b: *a}\n",
        "\tname: a",
        "name: \"a",
        "name: *x",
        "%YAML 9.9\n---\na: b",
        "name: \u0000",
        "{{{{{{{{{{{{{{{{{{{{{{{{{",
        "- - - - - - - - - - - - - - - - - - - - - - - - - a",
        "!!java.net.URL [x]: y",
        "? &a b\n: c"
      })
  void hostileTextIsRefusedWithOneLinePerFault(String text) {
    assertThat(faults(text))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).startsWith("f.yml").doesNotContain("\n", "Exception"));
  }

  @Test
  void aDocumentWithExpandingAliasesIsRefusedUnexpanded() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [lol, lol]\n");
    for (int i = 1; i < 24; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }

    assertThat(faults(laughs.toString())).hasSizeBetween(24, 200);
  }

  @Test
  void bytesThatAreNotUtf8AndFilesAboveOneMebibyteAreRefused() {
    ConfigLoader loader = new ConfigLoader(new JsonObject(), Map.of());

    assertThatThrownBy(() -> loader.config("f.yml", new byte[] {'a', (byte) 0xC3}))
        .hasMessage("f.yml: is not UTF-8 text");
    assertThatThrownBy(() -> loader.config("f.yml", new byte[(1 << 20) + 1]))
        .hasMessage("f.yml: is larger than 1 MiB");
  }

  @Test
  void aByteOrderMarkIsIgnored() {
    assertThat(load("\uFEFFport: 7\n").port()).isEqualTo(7);
  }

  @Test
  void aFileThatCannotBeReadIsOneFault() throws IOException {
    Path none = directory.resolve("none.yml");
    Path large = Files.write(directory.resolve("large.yml"), new byte[(1 << 20) + 1]);

    assertThatThrownBy(() -> ConfigLoader.check(none.toString()))
        .hasMessage(none + ": does not exist");
    assertThatThrownBy(() -> ConfigLoader.check(directory.toString()))
        .hasMessage(directory + ": is a directory");
    assertThatThrownBy(() -> ConfigLoader.check(large.toString()))
        .hasMessage(large + ": is larger than 1 MiB");
    assertThatThrownBy(() -> ConfigLoader.check("/dev/zero"))
        .hasMessage("/dev/zero: is not a regular file");
    assertThatThrownBy(() -> ConfigLoader.check("a\u0000b")).isInstanceOf(ConfigException.class);
  }
}
