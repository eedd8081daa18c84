package io.hera.cli;

import io.hera.cli.bulk.ExportCommand;
import io.hera.cli.bulk.ImportCommand;
import io.hera.cli.completion.CompletionCommand;
import io.hera.cli.completion.NamesCommand;
import io.hera.cli.instances.DrainCommand;
import io.hera.cli.instances.GetCommand;
import io.hera.cli.instances.LsCommand;
import io.hera.cli.instances.PutCommand;
import io.hera.cli.instances.RmCommand;
import io.hera.cli.reach.ContextCommand;
import io.hera.cli.shell.Surroundings;
import io.hera.cli.top.TopCommand;
import io.hera.cli.watch.WatchCommand;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The commands. A new one is a class of its own, a name in the order of the help, and a line that makes it; only those that are wanted are
 * made, since each takes time.
 *
 * @param hera the root with all commands, for those that print them
 */
record Commands(
    String version, Launcher launcher, Surroundings around, Supplier<CommandLine> hera) {
  private static final List<String> NAMES = List.of(
      "ls",
      "get",
      "put",
      "rm",
      "drain",
      "watch",
      "export",
      "import",
      "top",
      "events",
      "why",
      "doctor",
      "context",
      "completion",
      "__names",
      "demo",
      "run",
      "check",
      "snapshot",
      "token",
      "certificates",
      "version",
      "help");

  static boolean has(String name) {
    return NAMES.contains(name);
  }

  static List<String> names() {
    return NAMES;
  }

  /** Returns those that people type. */
  static List<String> visible() {
    return NAMES.stream().filter(name -> !name.startsWith("_")).toList();
  }

  /** Adds a command to a command line. */
  void addTo(CommandLine line, String name) {
    line.addSubcommand(name, make(name));
  }

  private Object make(String name) {
    return switch (name) {
      case "ls" -> new LsCommand(around);
      case "get" -> new GetCommand(around);
      case "put" -> new PutCommand(around);
      case "rm" -> new RmCommand(around);
      case "drain" -> new DrainCommand(around);
      case "watch" -> new WatchCommand(around);
      case "export" -> new ExportCommand(around);
      case "import" -> new ImportCommand(around);
      case "top" -> new TopCommand(around);
      case "events" -> new EventsCommand(around);
      case "why" -> new WhyCommand(around);
      case "doctor" -> new DoctorCommand(around);
      case "context" -> ContextCommand.line(around);
      case "completion" -> new CompletionCommand(around, hera);
      case "__names" -> new NamesCommand(around);
      case "demo" -> new DemoCommand(launcher, around);
      case "run" -> new Run(launcher);
      case "check" -> new CheckCommand(around);
      case "snapshot" -> SnapshotCommand.line();
      case "token" -> new TokenCommand(around);
      case "certificates" -> new CertificatesCommand();
      case "version" -> new VersionCommand(around, version);
      case "help" -> new HelpCommand(around, hera);
      default -> throw new IllegalArgumentException("there is no command " + name);
    };
  }
}
