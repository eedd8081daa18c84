package io.hera.ui;

import io.hera.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes the pictures of the page in the README, as {@code scripts/pictures} does. */
final class Pictures {
  private static final int WIDTH = 1_080;
  private static final int HEIGHT = 456;

  private Pictures() {}

  /** The argument is the directory of the pictures. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    try (SampleCluster cluster = new SampleCluster();
        PageUser user = PageUser.start()) {
      for (String theme : new String[] {"light", "dark"}) {
        user.browser.look(WIDTH, HEIGHT, theme);
        user.open(cluster.port(), "");
        user.sees(".verdict", "show the same");
        user.sees(".lost", "expired");
        Eventually.passes(user::isContent);
        Path picture = directory.resolve("overview-" + theme + ".png");
        System.out.println(picture + " " + Files.write(picture, user.browser.picture()));
      }
    }
  }
}
