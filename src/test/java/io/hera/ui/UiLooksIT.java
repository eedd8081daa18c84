package io.hera.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pictures of all pages in {@code target/ui}, in both themes, on a phone and on a desk: for the eyes of the author of a change. The tests
 * hold no more than that nothing is wider than the window, and that the contrast of text is enough.
 */
@Timeout(180)
class UiLooksIT {
  private static final Path PICTURES = Path.of("target/ui");
  private static final String WIDER =
      "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
  private static final String JUDGE = """
      const done = arguments[arguments.length - 1];
      axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => done(violations.map((one) =>
        one.id + ': ' + one.nodes.map((node) => node.target + ' ' + node.failureSummary).join('; '))));
      """;
  private static SampleCluster cluster;
  private static PageUser user;

  @BeforeAll
  static void start() throws IOException {
    Files.createDirectories(PICTURES);
    cluster = new SampleCluster();
    user = PageUser.start();
  }

  @AfterAll
  static void stop() {
    if (user != null) {
      user.close();
      cluster.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "overview, #/, #services",
    "service, #/s/storage, #instances",
    "instance, #/i/storage/st-1eef, .events",
    "gone, #/i/web/we-1eef, .events",
    "cluster, #/cluster, .matrix",
    "events, #/events, .events",
    "about, #/about, .keys"
  })
  void aPageFitsIntoItsWindow(String name, String hash, String whenThere) throws IOException {
    for (String theme : new String[] {"light", "dark"}) {
      for (int width : new int[] {360, 1_280}) {
        user.browser.look(width, width == 360 ? 640 : 800, theme);
        user.open(cluster.port(), hash);
        Eventually.holds(() -> !user.browser.text(whenThere).isEmpty());
        user.sees(".verdict", "instances");
        Files.write(
            PICTURES.resolve("%s-%s-%d.png".formatted(name, theme, width)), user.browser.picture());
        assertThat(user.browser.script(WIDER))
            .as("%s at %d px is too wide by", name, width)
            .isEqualTo(0L);
        if (theme.equals("light") == (width > 360)) {
          isAccessible();
        }
      }
    }
    user.isContent();
  }

  /** As far as a program can judge: roles, names, contrast. */
  private static void isAccessible() throws IOException {
    user.browser.script(axe());
    assertThat((List<?>) user.browser.asyncScript(JUDGE)).isEmpty();
  }

  private static String axe() throws IOException {
    try (InputStream in = UiLooksIT.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aDialogFitsIntoItsWindow() throws IOException {
    for (int width : new int[] {360, 1_280}) {
      user.browser.look(width, width == 360 ? 640 : 800, "light");
      user.open(cluster.port(), "#/i/storage/st-1eef");
      user.clicksButton("Deregister …");
      user.sees("dialog", "Deregister this instance?");
      Files.write(PICTURES.resolve("dialog-light-%d.png".formatted(width)), user.browser.picture());
      assertThat(user.browser.script(WIDER)).isEqualTo(0L);
      isAccessible();
    }
  }
}
