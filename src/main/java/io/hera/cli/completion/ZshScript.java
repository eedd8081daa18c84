package io.hera.cli.completion;

import java.util.stream.Collectors;

/** The script for zsh, which quotes what it inserts. */
final class ZshScript {
  private static final String SCRIPT = """
      #compdef hera
      # Completion of hera for zsh:  source <(hera completion zsh)
      _hera() {
        local command= i
        local -a reach candidates
        for ((i = 2; i < CURRENT; i++)); do
          case $words[i] in
            --context|--nodes) reach+=("$words[i]" "$words[i+1]"); ((i++)) ;;
            @COMMANDS@) [[ -n $command ]] || command=$words[i] ;;
          esac
        done
        if [[ $words[CURRENT-1] == --context ]]; then
          candidates=("${(@f)$(hera __names --contexts 2>/dev/null)}")
        else
          case $command in
            '') candidates=(@NAMES@) ;;
      @CASES@
          esac
          case $command in
            @NAMED@)
              [[ $words[CURRENT] == -* ]] ||
                candidates+=("${(@f)$(hera __names "$reach[@]" -- "$words[CURRENT]" 2>/dev/null)}") ;;
          esac
        fi
        (( $#candidates )) && compadd -- "${(@)candidates:#}" || _files
      }
      compdef _hera hera
      """;

  private ZshScript() {}

  static String of(Words words) {
    return SCRIPT
        .replace("@COMMANDS@", words.names("|"))
        .replace("@NAMES@", words.names(" "))
        .replace("@NAMED@", words.named("|"))
        .replace(
            "@CASES@",
            words.verbs().stream()
                .map(verb -> "      " + verb.name() + ") candidates=("
                    + String.join(" ", verb.further()) + " " + String.join(" ", verb.options())
                    + ") ;;")
                .collect(Collectors.joining("\n")));
  }
}
