package io.hera.cli.completion;

import java.util.ArrayList;
import java.util.List;

/** The script for fish, which quotes what it inserts. */
final class FishScript {
  private static final String NAMES = """
      # Completion of hera for fish:  hera completion fish | source
      function __hera_names
        set -l reach
        set -l words (commandline -opc)
        for i in (seq 2 (count $words))
          if contains -- $words[$i] --context --nodes; and test $i -lt (count $words)
            set -a reach $words[$i] $words[(math $i + 1)]
          end
        end
        hera __names $reach -- (commandline -ct) 2>/dev/null
      end
      """;

  private FishScript() {}

  static String of(Words words) {
    List<String> lines = new ArrayList<>();
    for (Words.Verb verb : words.verbs()) {
      String seen = "complete -c hera -n '__fish_seen_subcommand_from " + verb.name() + "' ";
      lines.add("complete -c hera -f -n __fish_use_subcommand -a " + verb.name() + " -d "
          + quoted(verb.about()));
      verb.further().forEach(word -> lines.add(seen + "-f -a " + word));
      verb.options().stream()
          .filter(option -> option.startsWith("--"))
          .forEach(option -> lines.add(seen + "-l " + option.substring(2)));
    }
    lines.add("complete -c hera -f -n '__fish_seen_subcommand_from " + words.named(" ")
        + "' -a '(__hera_names)'");
    lines.add("complete -c hera -x -l context -a '(hera __names --contexts 2>/dev/null)'");
    return NAMES + String.join("\n", lines) + "\n";
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
