package io.hera.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.hera.json.Documents;
import io.hera.testkit.Console;
import io.hera.wire.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * README.md and the site: blocks of known kinds, links that lead somewhere, tables that agree with
 * the code.
 */
class ManualTest {
  private static final int README_LINES_MAX = 150;

  /**
   * {@link ReadmeIT} runs {@code sh} and {@code console}, {@link ExamplesIT} the blocks with a file
   * name, {@link ProtocolTest} reads answers of peers, this test documents. {@code text} is not
   * run: pictures and fragments.
   */
  private static final Pattern KIND = Pattern.compile(
      "sh|sh secure cluster|console|console two (nodes|clusters)|text|json|json v[12]|(python|java|html) \\w+\\.(py|java|html)");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");

  static List<Markdown> files() {
    return Markdown.all();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyBlockIsOfAKindThatIsRunOrSaysThatItIsNot(Markdown file) {
    assertThat(file.blocks())
        .allSatisfy(block -> assertThat(block.kind()).as(block.toString()).matches(KIND));
    assertThat(file.prose()).doesNotContain("```");
  }

  @Test
  void everyDocumentIsOneThatANodeAccepts() {
    assertThat(Markdown.all())
        .flatExtracting(Markdown::blocks)
        .filteredOn(block -> block.kind().equals("json"))
        .isNotEmpty()
        .allSatisfy(block -> assertThatCode(
                () -> Documents.check(block.text().getBytes(UTF_8), 64 << 10, 32))
            .as(block.toString())
            .doesNotThrowAnyException());
  }

  @Test
  void everyLineToBeTypedIsAScriptWithOptionsThatItKnowsOrALaunchOfTheJar() throws IOException {
    Predicate<String> startsANode = Command.linesThatStartANode()::contains;
    assertThat(Command.lines())
        .contains("scripts/hera", "scripts/test")
        .filteredOn(startsANode.negate())
        .allSatisfy(line -> {
          List<String> words = List.of(line.split(" ", -1));
          assertThat(Path.of(words.get(0))).isExecutable();
          String known = options(Files.readString(Path.of(words.get(0))));
          assertThat(words.stream().filter(word -> word.startsWith("--")))
              .as(line)
              .allSatisfy(option -> assertThat(known).contains(option));
        });
  }

  /** What a script says of itself, and the main classes that it may run. */
  private static String options(String script) {
    return SourceFile.all().stream()
        .filter(source -> script.contains(source.name()))
        .map(SourceFile::words)
        .collect(Collectors.joining("\n", script, ""));
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyLinkLeadsToAFileOrAHeadingThatIsThere(Markdown file) {
    Matcher links = LINK.matcher(file.prose());
    while (links.find()) {
      String link = links.group(1);
      if (!link.startsWith("https://")) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
            ? file.path()
            : file.path().resolveSibling(parts[0]).normalize();
        assertThat(target).as(link).exists();
        if (parts.length > 1) {
          assertThat(anchors(Markdown.of(target))).as(link).contains(parts[1]);
        }
      }
    }
  }

  private static Set<String> anchors(Markdown file) {
    return file.sections().stream()
        .map(section -> section.title().toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Test
  void theReadmeFitsTwoScreensAndLeadsToEveryPage() throws IOException {
    Markdown readme = Markdown.of(Markdown.README);
    assertThat(readme.text().lines().count()).isLessThanOrEqualTo(README_LINES_MAX);
    try (Stream<Path> pages = Files.list(Markdown.SITE)) {
      assertThat(pages).allSatisfy(page -> assertThat(readme.text()).contains("](" + page + ")"));
    }
  }

  @Test
  void theProblemsOfTheManualAreThoseOfTheCode() {
    Map<String, Integer> stated = new TreeMap<>();
    Matcher rows = Pattern.compile("\\| `([a-z-]+)` \\| ([45]\\d\\d) \\|")
        .matcher(Markdown.of(Markdown.SITE.resolve("api.md")).text());
    while (rows.find()) {
      stated.put(rows.group(1), Integer.valueOf(rows.group(2)));
    }
    Map<String, Integer> made = new TreeMap<>();
    for (ProblemType type : ProblemType.values()) {
      made.put(type.label(), type.status());
    }
    assertThat(stated).isEqualTo(made).isNotEmpty();
  }

  @Test
  void everyAlertHasARowInTheManualAndEveryRowIsAnAlert() throws IOException {
    String rows = Markdown.of(Markdown.SITE.resolve("operating.md")).sections().stream()
        .filter(section -> section.title().equals("Alerts"))
        .map(Markdown.Section::body)
        .collect(Collectors.joining());
    String alerts = Files.readString(Path.of("conf/prometheus-alerts.yml"));
    assertThat(found("(?m)^\\| `(Hera\\w+)` \\| \\S", rows))
        .isEqualTo(found("- alert: (\\w+)", alerts))
        .isNotEmpty();
  }

  @Test
  void everyCommandHasARowInTheManual() {
    Console console = new Console();
    assertThat(console.run("help")).isZero();
    String list = console.out().substring(console.out().indexOf("Commands:"));
    String manual = Markdown.of(Markdown.SITE.resolve("operating.md")).text();
    assertThat(found("(?m)^  ([a-z]+) {2,}\\S", list))
        .hasSizeGreaterThan(15)
        .allSatisfy(
            name -> assertThat(manual).containsPattern("(?m)^\\| [^|\\n]*`hera " + name + "\\b"));
  }

  private static List<String> found(String regex, String text) {
    return Pattern.compile(regex)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  @Test
  void everyPathOfTheApiIsInTheManual() throws IOException {
    String manual = Markdown.of(Markdown.SITE.resolve("api.md")).text();
    List<String> paths = SourceFile.all().stream()
        .filter(source -> source.path().endsWith("openapi.yaml"))
        .flatMap(source -> source.text().lines())
        .filter(line -> line.matches("  /\\S*:"))
        .map(line -> line.strip().replaceFirst(":$", "").replace('{', '<').replace('}', '>'))
        .toList();
    assertThat(paths)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            path -> assertThat(manual).containsPattern("\\b(GET|PUT|POST) [^|]*" + path + "\\W"));
  }

  @Test
  void everyPackageIsInTheLayout() {
    String layout =
        Markdown.of(Markdown.SITE.resolve("developing.md")).blocks().get(0).text();
    Path root = Path.of("src/main/java/io/hera");
    assertThat(SourceFile.all())
        .extracting(SourceFile::path)
        .filteredOn(path -> path.startsWith(root) && !path.getParent().equals(root))
        .extracting(path -> path.getParent().getFileName().toString())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(layout).containsPattern("\\." + name + "\\b"));
  }
}
