package io.hera.sim.mutants;

import static java.util.stream.Collectors.toMap;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of the repository at a revision and as they are now, by path.
 *
 * @param moves path before to path now, of files that were moved
 */
record SourceHistory(
    Map<String, String> before, Map<String, String> now, Map<String, String> moves) {
  SourceHistory {
    before = new TreeMap<>(before);
    now = new TreeMap<>(now);
    moves = Map.copyOf(moves);
  }

  /** Returns the path at the revision of the file that is at {@code path} now. */
  String pathBefore(String path) {
    return moves.entrySet().stream()
        .filter(move -> move.getValue().equals(path))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(path);
  }

  /** Returns the path now of the file that was at {@code path} before, if it is still there. */
  Optional<String> pathNow(String path) {
    return Optional.of(now.containsKey(path) ? path : moves.getOrDefault(path, path))
        .filter(now::containsKey);
  }

  /** Returns the sources below {@code folder} that are new or have changed, by path now. */
  Map<String, Versions> changed(String folder) {
    return now.keySet().stream()
        .filter(path -> path.startsWith(folder))
        .filter(path -> !now.get(path).equals(before.get(pathBefore(path))))
        .collect(toMap(path -> path, path -> versions(pathBefore(path), path)));
  }

  /** Returns the former source at one path, perhaps empty, and the present source at another. */
  Versions versions(String pathBefore, String pathNow) {
    return new Versions(
        Tokens.of(before.getOrDefault(pathBefore, "")), Tokens.of(now.get(pathNow)));
  }

  /** Two versions of one source; the earlier one of a new source is empty. */
  record Versions(Tokens before, Tokens now) {}
}
