package io.hera.cli;

import io.hera.config.ConfigException;
import io.hera.config.source.NearestKey;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The root of the command line. Without a command it runs a node, as {@code run} does. A new command is a class of its own,
 * listed in {@code subcommands}.
 */
@Command(
    name = "hera",
    subcommands = {
      Run.class,
      CheckCommand.class,
      DoctorCommand.class,
      EventsCommand.class,
      WhyCommand.class,
      SnapshotCommand.class,
      TokenCommand.class,
      CertificatesCommand.class
    },
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
  public static final int WRONG = 2;

  private final Launcher launcher;
  private final Surroundings surroundings;

  @Spec
  private CommandSpec spec = CommandSpec.create();

  @Mixin
  private RunOptions options = new RunOptions();

  private Hera(Launcher launcher, Surroundings surroundings) {
    this.launcher = launcher;
    this.surroundings = surroundings;
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
    CommandLine line = new CommandLine(new Hera(launcher, surroundings))
        .setPosixClusteredShortOptionsAllowed(false)
        .setOverwrittenOptionsAllowed(true)
        .setOut(surroundings.out())
        .setErr(surroundings.err())
        .setParameterExceptionHandler(Hera::refuse)
        .setExecutionExceptionHandler(Hera::report);
    line.setExecutionStrategy(Hera::run);
    line.getCommandSpec().version("hera " + version);
    line.getSubcommands().values().forEach(sub -> sub.getCommandSpec().version("hera " + version));
    return line.execute(arguments);
  }

  /** Runs a node, since no command was given: a mistyped command is not taken for a verticle. */
  @Override
  public Integer call() {
    options.verticle().filter(name -> name.matches("[a-z]+")).ifPresent(this::checkNotACommand);
    return launcher.launch(options.launch());
  }

  private void checkNotACommand(String name) {
    CommandLine line = spec.commandLine();
    String meant = meant(name, line.getSubcommands().keySet());
    if (!meant.isEmpty()) {
      throw new ParameterException(line, "unknown command " + name + meant);
    }
  }

  /** Returns what commands read and write. */
  Surroundings surroundings() {
    return surroundings;
  }

  /** Runs a node with the options of {@code run}. */
  int launch(Launch launch) {
    return launcher.launch(launch);
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
    line.getErr()
        .println("hera: " + text(mistake).replaceFirst("(?<!\\?)$", ",") + " see "
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

  private static String meant(String typed, Collection<String> known) {
    return NearestKey.of(typed, known)
        .map(near -> ", did you mean " + near + "?")
        .orElse("");
  }

  private static int report(Exception failure, CommandLine line, ParseResult parsed)
      throws Exception {
    if (failure instanceof ConfigException wrong) {
      wrong.faults().forEach(fault -> line.getErr().println(fault));
    } else if (failure instanceof IllegalArgumentException) {
      line.getErr().println("hera: " + failure.getMessage());
    } else {
      throw failure;
    }
    return WRONG;
  }
}
