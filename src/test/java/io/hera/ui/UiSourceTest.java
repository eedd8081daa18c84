package io.hera.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The sources of the page for browsers: their layers, and the constructs that are not allowed in them. */
class UiSourceTest {
  private static final Path ROOT = Path.of("src/main/ui");

  /** Folder → the folders from which its modules may import, besides the library and their own. */
  private static final Map<String, Set<String>> FLOORS = Map.of(
      "", Set.of("core", "net", "work", "parts", "pages"),
      "pages", Set.of("core", "net", "work", "parts"),
      "parts", Set.of("core", "net"),
      "work", Set.of("core", "net"),
      "net", Set.of("core"),
      "core", Set.of());

  /** Constructs by which text of a document could become markup or code, or a secret could stay on a disk. */
  private static final List<String> BANNED = List.of(
      "innerHTML",
      "outerHTML",
      "insertAdjacentHTML",
      "document.write",
      "unsafe",
      "[ \"'`]style=",
      "\\beval\\(",
      "new Function",
      "localStorage",
      "indexedDB",
      "document\\.cookie",
      "https?://(?!\\$)\\w");

  private static final Pattern IMPORT =
      Pattern.compile("^import (?:\\{([^}]*)} from )?'([^']+)';$", Pattern.MULTILINE);
  private static final int LINES_MAX = 200;

  static final List<Path> FILES = files();

  private static List<Path> files() {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isScript(Path file) {
    return file.toString().endsWith(".js");
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void aFileIsShort(Path file) {
    assertThat(text(file).lines().count()).isLessThanOrEqualTo(LINES_MAX);
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void aFileHasNoConstructThatIsNotAllowed(Path file) {
    if (!file.endsWith("icon.svg")) {
      assertThat(BANNED.stream().flatMap(banned -> found(banned, text(file)))).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "<p style='x'>",
    "element.innerHTML = x",
    "'https://example.org/x.js'",
    "localStorage.token"
  })
  void aConstructThatIsNotAllowedIsFound(String source) {
    assertThat(BANNED.stream().flatMap(banned -> found(banned, source))).isNotEmpty();
  }

  private static Stream<String> found(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().map(result -> result.group());
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void aModuleImportsFromLowerFloorsOnly(Path file) {
    if (!isScript(file)) {
      return;
    }
    for (Path imported : imports(file)) {
      String from = folder(file);
      String to = folder(imported);
      assertThat(ROOT.resolve(imported).toFile().exists() || to.startsWith("lib"))
          .as(file + " imports " + imported)
          .isTrue();
      assertThat(to.equals(from) || to.startsWith("lib") || floor(from).contains(to))
          .as(file + " imports " + imported)
          .isTrue();
    }
  }

  private static Set<String> floor(String folder) {
    return Objects.requireNonNull(FLOORS.get(folder), folder);
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void everyNameThatAModuleImportsIsUsed(Path file) {
    String text = text(file);
    Matcher matcher = IMPORT.matcher(text);
    while (isScript(file) && matcher.find()) {
      for (String name : Objects.requireNonNullElse(matcher.group(1), "").split(",", -1)) {
        String used = name.strip().replaceFirst(".* as ", "");
        long uses =
            Pattern.compile("\\b" + used + "\\b").matcher(text).results().count();
        assertThat(used.isEmpty() || uses > 1).as(file + ": " + used).isTrue();
      }
    }
  }

  /** The first view must not wait for one module after the other. */
  @Test
  void theIndexNamesAllModulesThatTheFirstViewNeeds() {
    String index = text(ROOT.resolve("index.html"));
    List<String> preloaded = Pattern.compile("modulepreload\" href=\"a/HASH/([^\"]+)\"")
        .matcher(index)
        .results()
        .map(result -> result.group(1))
        .toList();

    Set<String> needed = closure("main.js", "pages/overview.js");
    needed.remove("main.js");

    assertThat(preloaded)
        .filteredOn(module -> !module.startsWith("lib/"))
        .containsExactlyInAnyOrderElementsOf(
            needed.stream().filter(module -> !module.startsWith("lib/")).toList());
    assertThat(preloaded).containsAll(needed);
  }

  private static Set<String> closure(String... from) {
    Deque<String> left = new ArrayDeque<>(List.of(from));
    Set<String> all = new TreeSet<>();
    while (!left.isEmpty()) {
      String module = left.pop();
      if (all.add(module) && !module.startsWith("lib")) {
        imports(ROOT.resolve(module)).forEach(path -> left.push(path.toString()));
      }
    }
    return all;
  }

  /** Returns the modules that a module imports, relative to the root. */
  private static List<Path> imports(Path file) {
    List<Path> imports = new ArrayList<>();
    Matcher matcher = IMPORT.matcher(text(file));
    while (matcher.find()) {
      String address = matcher.group(2);
      assertThat(address).as(file + ": an address is relative").startsWith(".");
      Path folder = Objects.requireNonNull(file.getParent());
      imports.add(ROOT.relativize(folder.resolve(address).normalize()));
    }
    return imports;
  }

  private static String folder(Path file) {
    Path inside = file.startsWith(ROOT) ? ROOT.relativize(file) : file;
    Path folder = inside.getParent();
    return folder == null ? "" : folder.toString();
  }
}
