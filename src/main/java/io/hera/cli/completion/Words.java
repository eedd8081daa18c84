package io.hera.cli.completion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The words of the command line, from the same table as its help. */
record Words(List<Verb> verbs) {
  /** Copies the list. */
  Words {
    verbs = List.copyOf(verbs);
  }

  /**
   * A command.
   *
   * @param options each as it is mostly written
   * @param further words that may follow it: commands below it, or shells
   */
  record Verb(String name, String about, List<String> options, List<String> further, Kind kind) {}

  /** What follows a command. */
  enum Kind {
    /** A service or an instance. */
    NAME,
    OTHER
  }

  static Words of(CommandLine hera) {
    return new Words(hera.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(command -> !command.usageMessage().hidden())
        .map(Words::verb)
        .toList());
  }

  private static Verb verb(CommandSpec command) {
    List<String> further = new ArrayList<>(command.subcommands().keySet());
    List<PositionalParamSpec> positional = command.positionalParameters();
    positional.stream()
        .filter(parameter -> parameter.type().isEnum())
        .flatMap(parameter -> Arrays.stream(parameter.type().getEnumConstants()))
        .forEach(constant -> further.add(constant.toString()));
    boolean named =
        positional.stream().anyMatch(parameter -> parameter.paramLabel().startsWith("SERVICE"));
    return new Verb(
        command.name(),
        String.join(" ", command.usageMessage().description()).replaceFirst("[.:](?: .*)?$", ""),
        command.options().stream()
            .filter(option -> !option.hidden())
            .map(OptionSpec::longestName)
            .toList(),
        further,
        named ? Kind.NAME : Kind.OTHER);
  }

  /** Returns the names of all commands. */
  String names(String separator) {
    return verbs.stream().map(Verb::name).collect(Collectors.joining(separator));
  }

  /** Returns the names of the commands that a service or an instance follows. */
  String named(String separator) {
    return verbs.stream()
        .filter(verb -> verb.kind() == Kind.NAME)
        .map(Verb::name)
        .collect(Collectors.joining(separator));
  }
}
