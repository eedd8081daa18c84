package io.hera.cli.completion;

import java.util.stream.Collectors;

/**
 * The script for bash. Names come from clients: they are compared as text and quoted, never expanded. Words are split at spaces alone, since
 * bash would also split at the colons of addresses.
 */
final class BashScript {
  private static final String SCRIPT = """
      # Completion of hera for bash:  source <(hera completion bash)
      _hera_names() { # prints what may follow
        hera __names "$@" 2>/dev/null
      }
      _hera() {
        local line=${COMP_LINE:0:COMP_POINT} word previous command= name i
        local -a words=() reach=() candidates=()
        COMPREPLY=()
        read -ra words <<<"$line"
        [[ $line == *[[:space:]] ]] && words+=("")
        word=${words[${#words[@]} - 1]}
        previous=${words[${#words[@]} - 2]}
        for ((i = 1; i < ${#words[@]} - 1; i++)); do
          case ${words[i]} in
            --context | --nodes) reach+=("${words[i]}" "${words[++i]}") ;;
            @COMMANDS@) [[ $command ]] || command=${words[i]} ;;
          esac
        done
        if [[ $previous == --context ]]; then
          mapfile -t candidates < <(_hera_names --contexts)
        else
          case $command in
            '') candidates=(@NAMES@) ;;
      @CASES@
          esac
          if [[ $word != -* ]]; then
            case $command in
              @NAMED@) mapfile -t -O ${#candidates[@]} candidates < <(_hera_names "${reach[@]}" -- "$word") ;;
            esac
          fi
        fi
        for name in "${candidates[@]}"; do
          [[ $name == "$word"* ]] && COMPREPLY+=("$(printf %q "$name")")
        done
        local colon=${word%"${word##*:}"}
        [[ $COMP_WORDBREAKS == *:* && $colon ]] && COMPREPLY=("${COMPREPLY[@]#"$colon"}")
        return 0
      }
      complete -o default -F _hera hera
      """;

  private BashScript() {}

  static String of(Words words) {
    return SCRIPT
        .replace("@COMMANDS@", words.names(" | "))
        .replace("@NAMES@", words.names(" "))
        .replace("@NAMED@", words.named(" | "))
        .replace(
            "@CASES@",
            words.verbs().stream().map(BashScript::branch).collect(Collectors.joining("\n")));
  }

  private static String branch(Words.Verb verb) {
    return "      " + verb.name() + ") candidates=("
        + String.join(" ", verb.further())
        + (verb.further().isEmpty() ? "" : " ")
        + String.join(" ", verb.options())
        + ") ;;";
  }
}
