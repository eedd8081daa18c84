package io.hera.sim.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One rule switched off by an edit of one source.
 *
 * <pre>
 * rule: P5
 * switches off: a page never splits a tie
 * file: io/hera/registry/PageBuilder.java
 * test: io.hera.registry.P05ContiguityTest
 * troubles: removal@3 renaming
 * --- old
 * code that is in the file exactly once
 * +++ new
 * the code that replaces it
 * </pre>
 *
 * <p>The old code is found by its tokens: comments and white space do not matter. A kind of trouble
 * may name the seed that is tried first, to save time: plans change, and then another seed is found.
 *
 * @param name of the text, without its ending
 * @param rule id in the protocol
 * @param switchesOff what no longer holds, as a sentence
 * @param file below {@code src/main/java}
 * @param test the test of the rule
 * @param troubles kinds of trouble whose simulations break an invariant too
 * @param edit of the file
 */
public record Mutant(
    String name,
    String rule,
    String switchesOff,
    String file,
    TestName test,
    List<Lead> troubles,
    Edit edit) {
  /**
   * A kind of trouble, and the seed that is tried first.
   *
   * @param trouble as {@code late-network}
   */
  public record Lead(String trouble, long seed) {
    static Lead parse(String text) {
      String[] parts = text.split("@", 2);
      return new Lead(parts[0], parts.length < 2 ? 0 : Long.parseLong(parts[1]));
    }

    /** Returns the text that {@link #parse} reads. */
    @Override
    public String toString() {
      return seed == 0 ? trouble : trouble + "@" + seed;
    }
  }

  /** Where the texts are, below the root of the repository. */
  static final String FOLDER = "src/test/resources/mutants/";

  private static final String OLD = "--- old\n";
  private static final String NEW = "+++ new\n";

  /** Returns all mutants, by name; not from the class path, which may hold deleted ones still. */
  public static List<Mutant> all() {
    try (Stream<Path> files = Files.list(Compilation.root().resolve(FOLDER))) {
      return files.sorted().map(Mutant::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the name of the class whose source is edited. */
  String className() {
    return file.replace('/', '.').replaceFirst("\\.java$", "");
  }

  /**
   * Returns the source with the rule switched off.
   *
   * @throws IllegalStateException unless the old text occurs exactly once: a change of the source
   *     has to change the mutant too
   */
  String applyTo(String source) {
    Tokens tokens = Tokens.of(source);
    List<Span> places = edit.placesIn(tokens);
    if (places.size() != 1) {
      throw new IllegalStateException("mutants/%s.txt: its old text is %s in %s; write it anew"
          .formatted(name, places.isEmpty() ? "not" : "more than once", file));
    }
    return tokens.replace(places.get(0), edit.replacement());
  }

  /** Returns the mutant with another edit; an edit of equal tokens keeps its layout. */
  Mutant with(String file, Edit edit) {
    Edit kept = edit.isLike(this.edit) ? this.edit : edit;
    return new Mutant(name, rule, switchesOff, file, test, troubles, kept);
  }

  /** Returns the mutant with another test. */
  Mutant with(TestName test) {
    return new Mutant(name, rule, switchesOff, file, test, troubles, edit);
  }

  /** Returns the mutant as a text, which {@link #parse} reads. */
  String text() {
    String header =
        "rule: %s\nswitches off: %s\nfile: %s\ntest: %s\n".formatted(rule, switchesOff, file, test);
    String leads = troubles.stream().map(Lead::toString).collect(Collectors.joining(" "));
    String simulated = leads.isEmpty() ? "" : "troubles: %s\n".formatted(leads);
    return header + simulated + OLD + line(edit.old()) + NEW + line(edit.replacement());
  }

  private static String line(String code) {
    return code.isEmpty() ? "" : code + "\n";
  }

  private static Mutant read(Path path) {
    try {
      String file = path.getFileName().toString();
      return parse(file.replaceFirst("\\.txt$", ""), Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Mutant parse(String name, String text) {
    int old = text.indexOf(OLD);
    int replacement = text.indexOf(NEW, old);
    if (old < 0 || replacement < 0) {
      throw new IllegalStateException("mutants/%s.txt has no old or no new text".formatted(name));
    }
    Map<String, String> header = Arrays.stream(text.substring(0, old).split("\n"))
        .map(line -> line.split(": ", 2))
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    return new Mutant(
        name,
        value(header, "rule"),
        value(header, "switches off"),
        value(header, "file"),
        TestName.parse(value(header, "test")),
        leads(header.getOrDefault("troubles", "")),
        new Edit(
            text.substring(old + OLD.length(), replacement).strip(),
            text.substring(replacement + NEW.length()).strip()));
  }

  private static List<Lead> leads(String troubles) {
    return Arrays.stream(troubles.split(" "))
        .filter(word -> !word.isEmpty())
        .map(Lead::parse)
        .toList();
  }

  private static String value(Map<String, String> header, String key) {
    return Objects.requireNonNull(header.get(key), () -> "a mutant without \"" + key + ":\"");
  }

  @Override
  public String toString() {
    return rule + ", off: " + switchesOff;
  }
}
