package io.hera.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests the settings that nodes of a cluster compare (P17). */
class SharedSettingsTest {
  private static final SharedSettings SETTINGS =
      new SharedSettings(300, 1, 86_400, 60, List.of("updated_at"), List.of("a", "b"));

  @Test
  void anyDifferentSettingChangesTheHash() {
    Stream<SharedSettings> others = Stream.of(
        new SharedSettings(301, 1, 86_400, 60, List.of("updated_at"), List.of("a", "b")),
        new SharedSettings(300, 2, 86_400, 60, List.of("updated_at"), List.of("a", "b")),
        new SharedSettings(300, 1, 86_401, 60, List.of("updated_at"), List.of("a", "b")),
        new SharedSettings(300, 1, 86_400, 61, List.of("updated_at"), List.of("a", "b")),
        new SharedSettings(300, 1, 86_400, 60, List.of(), List.of("a", "b")),
        new SharedSettings(300, 1, 86_400, 60, List.of("updated_at"), List.of("a", "c")));
    assertThat(others.map(SharedSettings::hash).distinct())
        .hasSize(6)
        .doesNotContain(SETTINGS.hash())
        .allMatch(hash -> hash.matches("[0-9a-f]{16}"));
  }

  @Test
  void theOrderOfNamesDoesNotCount() {
    SharedSettings other =
        new SharedSettings(300, 1, 86_400, 60, List.of("updated_at"), List.of("b", "a", "b"));
    assertThat(other.hash()).isEqualTo(SETTINGS.hash());
    assertThat(other.texts()).isEqualTo(SETTINGS.texts()).containsEntry("cluster", "a, b");
  }

  @Test
  void theHashOfTheMembersIsAboutThemAlone() {
    SharedSettings other = new SharedSettings(1, 1, 1, 1, List.of(), List.of("b", "a"));
    assertThat(other.membersHash()).isEqualTo(SETTINGS.membersHash());
    assertThat(new SharedSettings(300, 1, 86_400, 60, List.of(), List.of("a")).membersHash())
        .isNotEqualTo(SETTINGS.membersHash());
  }
}
