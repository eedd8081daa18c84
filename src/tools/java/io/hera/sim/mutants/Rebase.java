package io.hera.sim.mutants;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Moves mutants along with code that was renamed, moved, or changed around them. */
final class Rebase {
  private static final String MAIN = "src/main/java/";
  private static final String TEST = "src/test/java/";
  private static final String JAVA = ".java";

  /** Tokens of code that is searched for in other files, at least: shorter code recurs by chance. */
  private static final int SEARCHED_TOKENS_MIN = 10;

  private final SourceHistory history;
  private final Map<String, SourceHistory.Versions> changed;
  private final Renames renames;
  private final Map<List<String>, Carrier> carriers = new HashMap<>();

  Rebase(SourceHistory history) {
    this.history = history;
    this.changed = history.changed(MAIN);
    this.renames = Renames.between(changed.values());
  }

  /** The result for one mutant. */
  sealed interface Outcome {
    /** The text applies as it is. */
    record Unchanged() implements Outcome {}

    /** The text has to become that of {@code mutant}. */
    record Rebased(Mutant mutant) implements Outcome {}

    /** A person has to write the text anew. */
    record Conflict(String reason) implements Outcome {}
  }

  /** Moves the mutant whose text is at {@code path} now. */
  Outcome of(String path) {
    Mutant now = Mutant.parse(path, history.now().get(path));
    Mutant before = before(path, now);
    Optional<TestName> test = test(now).or(() -> test(before));
    if (test.isEmpty()) {
      return new Outcome.Conflict(now.test() + " is gone");
    }
    Mutant tested = now.with(test.get());
    boolean writtenAnew = applies(now) && !now.edit().isLike(before.edit());
    Optional<Mutant> carried = writtenAnew ? Optional.empty() : carried(before, tested);
    return carried
        .or(() -> Optional.of(tested).filter(this::applies))
        .map(mutant ->
            mutant.equals(now) ? new Outcome.Unchanged() : (Outcome) new Outcome.Rebased(mutant))
        .orElseGet(() -> new Outcome.Conflict(reason(before)));
  }

  /** Returns the mutant as it was at the revision, or as it is now if it did not apply there. */
  private Mutant before(String path, Mutant now) {
    return Optional.ofNullable(history.before().get(history.pathBefore(path)))
        .map(text -> Mutant.parse(path, text))
        .filter(mutant -> sourceBefore(mutant).isPresent())
        .orElse(now);
  }

  /** Returns the path at the revision of the file that the mutant changes, if it applied there. */
  private Optional<String> sourceBefore(Mutant mutant) {
    String path = MAIN + mutant.file();
    return Optional.of(history.before().containsKey(path) ? path : history.pathBefore(path))
        .filter(history.before()::containsKey)
        .filter(source -> mutant.edit().appliesTo(Tokens.of(history.before().get(source))));
  }

  private Optional<TestName> test(Mutant mutant) {
    return history
        .pathNow(TEST + mutant.test().file())
        .map(path -> path.substring(TEST.length(), path.length() - JAVA.length()))
        .map(path -> mutant.test().in(path.replace('/', '.')));
  }

  private boolean applies(Mutant mutant) {
    String source = history.now().get(MAIN + mutant.file());
    return source != null && mutant.edit().appliesTo(Tokens.of(source));
  }

  private Optional<Mutant> carried(Mutant before, Mutant now) {
    return sourceBefore(before)
        .flatMap(source -> history
            .pathNow(MAIN + now.file())
            .or(() -> history.pathNow(source))
            .flatMap(path -> carrier(source, path)
                .carry(before.edit())
                .map(edit -> now.with(path.substring(MAIN.length()), edit)))
            .or(() -> found(Tokens.of(history.before().get(source)), before.edit(), now)));
  }

  private Carrier carrier(String before, String now) {
    return carriers.computeIfAbsent(List.of(before, now), paths -> {
      SourceHistory.Versions versions = history.versions(before, now);
      boolean known = history.pathBefore(now).equals(before);
      return new Carrier(versions, known ? renames : renames.and(versions));
    });
  }

  /** Finds the code of the edit in another file, if that is the only place where it is now. */
  private Optional<Mutant> found(Tokens before, Edit edit, Mutant now) {
    Span whole = edit.placesIn(before).get(0);
    Span wide = before.widen(whole, span -> span.size() >= SEARCHED_TOKENS_MIN);
    List<String> sought = renames.of(before.texts(wide));
    Tokens replacement = Tokens.of(edit.replacement());
    String renamed = replacement.rename(at -> renames.of(replacement.text(at)));
    List<Mutant> found = changed.entrySet().stream()
        .flatMap(file -> file.getValue().now().spansOf(sought).stream()
            .map(place -> place.part(whole.from() - wide.from(), whole.size()))
            .map(place -> Carrier.written(file.getValue().now(), place, renamed))
            .map(fresh -> now.with(file.getKey().substring(MAIN.length()), fresh)))
        .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private String reason(Mutant before) {
    return sourceBefore(before)
        .map(source -> history.pathNow(source).isPresent()
            ? "the code that it replaces has changed in " + before.file()
            : before.file() + " is gone")
        .orElse("its text did not apply at the revision either");
  }
}
