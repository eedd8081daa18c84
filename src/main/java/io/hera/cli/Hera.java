package io.hera.cli;

import io.hera.cli.keep.RunServiceCommand;
import io.hera.cli.nodes.Phrasing;
import io.hera.cli.shell.CommandFailed;
import io.hera.cli.shell.ExitCode;
import io.hera.cli.shell.OutputLost;
import io.hera.cli.shell.Surroundings;
import io.hera.config.ConfigException;
import io.hera.config.source.NearestKey;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root of the command line; {@link Commands} has the others. Without a command it runs a node, as {@code run} does. */
@Command(
    name = "hera",
    mixinStandardHelpOptions = true,
    synopsisHeading = "usage: ",
    customSynopsis = {
      "hera [run] [-c FILE] [-n NAME] [-p PORT] [--data DIR] [VERTICLE]",
      "       hera COMMAND [-h] ..."
    },
    description = "Runs a node of the service registry; without a file alone, on localhost:8080.",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped",
      "1:failed",
      "2:wrong option or configuration, or the port is in use"
    })
public final class Hera implements Callable<Integer> {
  /** The exit code of a wrong option or configuration. */
  public static final int WRONG = ExitCode.USAGE.code();

  private final Launcher launcher;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private RunOptions options = new RunOptions();

  private Hera(Launcher launcher) {
    this.launcher = launcher;
  }

  /**
   * Executes a command line: prints what it asks for, or one line per mistake.
   *
   * @param version of this build
   * @param launcher runs a node
   * @return the exit code; 0 if a node has been started, which runs on
   */
  public static int execute(
      String version, Launcher launcher, Surroundings surroundings, String... arguments) {
    Root root = new Root(version, launcher, surroundings);
    String[] moved = LeadingOptions.moved(arguments, Commands::has);
    int end = Arrays.asList(moved).indexOf("--");
    if (end > 0 && moved[0].equals("run")) {
      List<String> command = List.of(moved).subList(end + 1, moved.length);
      return root.running(command).execute(Arrays.copyOf(moved, end));
    }
    return root.line(moved).execute(moved);
  }

  /** Makes the root, with all commands or, since each takes time, with the one or none that the arguments need. */
  private record Root(String version, Launcher launcher, Surroundings around) {
    private static final Set<String> HELP = Set.of("-h", "--help");

    CommandLine line(String... arguments) {
      if (arguments.length > 0 && Commands.has(arguments[0])) {
        return only(arguments[0]);
      }
      boolean named =
          Stream.of(arguments).anyMatch(word -> HELP.contains(word) || Commands.has(word));
      return named ? whole() : configured(node());
    }

    private CommandLine node() {
      return new CommandLine(new Hera(launcher));
    }

    Commands commands() {
      return new Commands(version, launcher, around, this::whole);
    }

    CommandLine whole() {
      Commands commands = commands();
      CommandLine line = node();
      Commands.names().forEach(name -> commands.addTo(line, name));
      return configured(line);
    }

    /** Without the options of the root, which take time as well. */
    CommandLine only(String name) {
      CommandLine line = new CommandLine(CommandSpec.create().name("hera"));
      commands().addTo(line, name);
      return configured(line);
    }

    /** With a command of its own behind {@code --}, {@code run} runs that, and no node. */
    CommandLine running(List<String> command) {
      CommandLine line = new CommandLine(CommandSpec.create().name("hera"));
      line.addSubcommand("run", new RunServiceCommand(around, command));
      return configured(line);
    }

    private CommandLine configured(CommandLine line) {
      line.setPosixClusteredShortOptionsAllowed(false)
          .setOverwrittenOptionsAllowed(true)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .setExpandAtFiles(false)
          .setOut(around.out())
          .setErr(around.err())
          .setParameterExceptionHandler(Hera::refuse)
          .setExecutionExceptionHandler(Hera::report);
      line.setExecutionStrategy(Hera::run);
      complete(line, "hera " + version);
      return line;
    }
  }

  /** Gives a command and those below it the version, and the options and exit codes that all have unless they say otherwise. */
  private static void complete(CommandLine line, String version) {
    CommandSpec command = line.getCommandSpec();
    command.version(version);
    if (command.findOption("--help") == null) {
      command.mixinStandardHelpOptions(true);
    }
    command.usageMessage().optionListHeading("%n");
    if (command.usageMessage().exitCodeList().isEmpty() && command.subcommands().isEmpty()) {
      command.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(ExitCode.help());
    }
    line.getSubcommands().values().forEach(sub -> complete(sub, version));
  }

  /** Runs a node, since no command was given: a mistyped command is not taken for a verticle. */
  @Override
  public Integer call() {
    options.verticle().flatMap(this::notACommand).ifPresent(mistake -> {
      throw mistake;
    });
    return launcher.launch(options.launch());
  }

  /** Returns the mistake of a word that is almost a command. */
  private Optional<ParameterException> notACommand(String word) {
    String meant = word.matches("[a-z]+") ? meant(word, Commands.visible()) : "";
    return meant.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ParameterException(spec.commandLine(), "unknown command " + word + meant));
  }

  /** Options in front of a command would be those of the root, and the command would ignore them. */
  private static int run(ParseResult parsed) {
    if (parsed.hasSubcommand() && !parsed.matchedArgs().isEmpty()) {
      CommandSpec command = parsed.subcommand().commandSpec();
      throw new ParameterException(
          command.commandLine(), "write the options after the command " + command.name());
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int refuse(ParameterException mistake, String[] arguments) {
    CommandLine line = mistake.getCommandLine();
    ParameterException shown = line.getCommand() instanceof Hera hera && arguments.length > 0
        ? hera.notACommand(arguments[0]).orElse(mistake)
        : mistake;
    line.getErr()
        .println("hera: " + text(shown).replaceFirst("(?<!\\?)$", ",") + " see "
            + line.getCommandSpec().qualifiedName() + " -h");
    return WRONG;
  }

  private static String text(ParameterException mistake) {
    if (mistake instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
      String option = unmatched.getUnmatched().get(0);
      return "unknown option " + option
          + meant(option, mistake.getCommandLine().getCommandSpec().optionsMap().keySet());
    }
    String message =
        String.valueOf(mistake.getMessage()).replaceFirst("^Error: ", "").replaceAll("\\s+", " ");
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  /** Returns the question whether a known word was meant; empty if none is near. */
  static String meant(String typed, Collection<String> known) {
    return NearestKey.of(typed, known)
        .map(near -> ", did you mean " + near + "?")
        .orElse("");
  }

  private static int report(Exception failure, CommandLine line, ParseResult parsed)
      throws Exception {
    if (failure instanceof CommandFailed failed) {
      failed.lines().forEach(text -> say(line, text));
      return failed.code().code();
    }
    if (failure instanceof OutputLost lost) {
      return lost(lost, line);
    }
    if (failure instanceof ConfigException wrong) {
      wrong.faults().forEach(fault -> line.getErr().println(fault));
    } else if (failure instanceof IllegalArgumentException) {
      say(line, String.valueOf(failure.getMessage()));
    } else if (failure instanceof FileSystemException file) {
      say(line, FileProblem.of(file));
    } else {
      throw failure;
    }
    return WRONG;
  }

  /** A reader that has gone has read what it wanted. */
  private static int lost(OutputLost lost, CommandLine line) {
    if (lost.isBrokenPipe()) {
      return ExitCode.DONE.code();
    }
    say(line, String.valueOf(lost.getMessage()));
    return WRONG;
  }

  private static void say(CommandLine line, String text) {
    line.getErr().println("hera: " + Phrasing.printable(text));
  }
}
