package io.hera.config;

import io.hera.config.Setting.Derived;
import io.hera.config.Setting.Effect;
import io.hera.config.Setting.Fixed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/**
 * Writes the table of settings as {@code conf/hera.yml}, as the file of the Debian package, and as the table in
 * {@code src/site/markdown/configuration.md}. {@code scripts/test-main io.hera.config.SettingsDocument} replaces them in place.
 */
public final class SettingsDocument {
  private static final int WIDTH = 98;
  private static final String TABLE = "(?m)^\\| key \\| default \\|.*\n(\\|.*\n)*";
  private static final String TWO_NODES = """
      # Hera's settings. Two nodes on this machine:
      #
      #   scripts/hera -c conf/hera.yml -n test-1 -p 8080
      #   scripts/hera -c conf/hera.yml -n test-2 -p 8081
      #
      # Every key is here; a key that is commented out shows its standard value. The command line (-n,
      # -p) overrides the environment (HERA_NAME, HERA_PORT, HERA_CLUSTER_NAME), which overrides this
      # file.
      """;
  private static final String PACKAGED = """
      # Settings of the node that hera.service runs: alone and on loopback, until cluster is set.
      #
      #   hera check -c /etc/hera/hera.yml    says whether a node would start with them
      #   systemctl restart hera              for the settings that need a restart
      #
      # Every key is here; a key that is commented out shows its standard value. The environment
      # (HERA_NAME, HERA_PORT, HERA_DATA, HERA_CLUSTER_NAME in /etc/default/hera) overrides this file.
      """;
  private static final String RULES = """
      # Durations: a plain number is seconds; 500ms, 15s, 5m, 2h. Sizes: bytes, or 64KiB, 1MiB, 1GiB.
      # A running node follows this file and applies changes within about three seconds, except to the
      # settings that say they need a restart. A file with a fault is refused as a whole.
      """;
  private static final String CLUSTER = """
      cluster:
        test-1:
          host: 127.0.0.1
          port: 8080
        test-2:
          host: 127.0.0.1
          port: 8081
      """;

  private static final String CLUSTER_EXAMPLE = """
      # cluster:
      #   a: {host: 10.0.0.1, port: 8080}
      #   b: {host: 10.0.0.2, port: 8080}
      #   c: {host: 10.0.0.3, port: 8080}
      """;

  private SettingsDocument() {}

  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of("conf/hera.yml"), yaml());
    Files.writeString(Path.of("src/deb/root/etc/hera/hera.yml"), packaged());
    Path document = Path.of("src/site/markdown/configuration.md");
    String before = Files.readString(document);
    Files.writeString(document, before.replaceFirst(TABLE, Matcher.quoteReplacement(markdown())));
  }

  /** Returns the text of the package's {@code /etc/hera/hera.yml}: a node without a cluster, but with a directory. */
  static String packaged() {
    return yaml()
        .replace(TWO_NODES, PACKAGED)
        .replace(CLUSTER, CLUSTER_EXAMPLE)
        .replace("\n# data: ", "\ndata: ");
  }

  /** Returns the text of {@code conf/hera.yml}. */
  static String yaml() {
    StringBuilder text = new StringBuilder(TWO_NODES + RULES);
    String group = "";
    for (Setting<?> row : Settings.ALL) {
      int dot = row.key().indexOf('.');
      String parent = row.key().substring(0, Math.max(0, dot));
      String margin = dot < 0 ? "# " : "#   # ";
      text.append(dot < 0 || !parent.equals(group) ? "\n" : "#\n");
      if (dot >= 0 && !parent.equals(group)) {
        text.append("# ").append(parent).append(":\n");
      }
      group = parent;
      text.append(wrapped(prose(row), margin));
      text.append(
          row.equals(Settings.CLUSTER)
              ? CLUSTER
              : margin.replaceFirst("# $", "") + (dot < 0 ? "# " : "")
                  + row.key().substring(dot + 1) + ": " + example(row) + "\n");
    }
    return text.toString();
  }

  /** Returns the documentation's table. */
  static String markdown() {
    return "| key | default | allowed | a change takes effect | meaning, and what you trade |\n"
        + "|---|---|---|---|---|\n"
        + Settings.ALL.stream().map(SettingsDocument::line).collect(Collectors.joining());
  }

  private static String line(Setting<?> row) {
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            row.key(),
            row.standard() instanceof Fixed<?> ? "`" + example(row) + "`" : standard(row),
            row.type().allowed(),
            switch (row.effect()) {
              case LIVE -> "at once";
              case RECONNECT -> "at once; connections are closed after their requests";
              case RESTART -> "with a restart";
            },
            (row.meaning() + " " + row.tradeOff()).strip());
  }

  private static String prose(Setting<?> row) {
    String standard =
        row.standard() instanceof Derived<?> ? " Standard value: " + standard(row) + "." : "";
    String restart = row.effect() == Effect.RESTART ? " A change needs a restart." : "";
    return row.meaning() + " Allowed: " + row.type().allowed() + "." + standard + restart
        + (row.tradeOff().isEmpty() ? "" : " " + row.tradeOff());
  }

  private static <T> String standard(Setting<T> row) {
    return row.standard() instanceof Derived<T> derived ? derived.text() : example(row);
  }

  private static <T> String example(Setting<T> row) {
    return row.standard() instanceof Derived<T> derived
        ? derived.example()
        : row.type().text(row.standard().of(Values.standard()));
  }

  private static String wrapped(String prose, String margin) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(margin);
    for (String word : prose.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH && line.length() > margin.length()) {
        text.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(margin);
      }
      line.append(word).append(' ');
    }
    return text.append(line.toString().stripTrailing()).append('\n').toString();
  }
}
