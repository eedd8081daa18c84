package io.hera.cli;

import io.hera.disk.file.SnapshotFlaw;
import io.hera.disk.file.SnapshotHeader;
import io.hera.disk.file.SnapshotReader;
import io.hera.json.JsonWriter;
import io.hera.registry.Delta;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hera snapshot}: shows the content of a snapshot. */
@Command(
    name = "snapshot",
    mixinStandardHelpOptions = true,
    synopsisHeading = "usage: ",
    customSynopsis = "hera snapshot show [-h] FILE",
    description =
        "Reads the snapshot of a node, NAME.snapshot in the directory that its setting data names.",
    optionListHeading = "%n",
    commandListHeading = "%nCommands:%n")
final class SnapshotCommand implements Callable<Integer> {
  private static final Comparator<Key> KEYS =
      Comparator.comparing(Key::service, Key.BYTE_ORDER).thenComparing(Key::id, Key.BYTE_ORDER);

  @Spec
  private CommandSpec spec = CommandSpec.create();

  /** Returns the command with the one below it. */
  static CommandLine line() {
    return new CommandLine(new SnapshotCommand()).addSubcommand(new Show());
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return Hera.WRONG;
  }

  /** {@code hera snapshot show}: prints the instances as {@code GET /_export} does. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      synopsisHeading = "usage: ",
      customSynopsis = "hera snapshot show [-h] FILE",
      description = {
        "Prints the instances in a snapshot in the shape of /_export, which /_batch takes; and on stderr whose"
            + " snapshot it is, and from when.",
        "Of a damaged file, it prints the instances before the damage."
      },
      optionListHeading = "%n",
      parameterListHeading = "%n",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:the whole file was read",
        "1:the file is damaged",
        "2:there is no such file"
      })
  static final class Show implements Callable<Integer> {
    private static final int DAMAGED = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "the snapshot")
    private Path file = Path.of("");

    private final SortedMap<Key, Newest> newest = new TreeMap<>(KEYS);
    private final Set<String> drains = new TreeSet<>();
    private long restored;

    @Override
    public Integer call() {
      PrintWriter err = spec.commandLine().getErr();
      Optional<String> damage = Optional.empty();
      try (SnapshotReader in = new SnapshotReader(file)) {
        describe(in.header(), err);
        for (Optional<Delta> page = in.next(); page.isPresent(); page = in.next()) {
          page.get().origins().forEach(this::add);
        }
      } catch (NoSuchFileException absent) {
        err.println("hera: " + file + ": no such file");
        return Hera.WRONG;
      } catch (SnapshotFlaw flaw) {
        damage = Optional.of(String.valueOf(flaw.getMessage()));
      } catch (IOException failure) {
        damage = Optional.of("cannot be read: " + failure);
      }
      print(spec.commandLine().getOut());
      err.printf("%s of %s instances were not confirmed%n", restored, instances());
      if (!drains.isEmpty()) {
        err.println("drains, or removals of drains: " + String.join(" ", drains));
      }
      damage.ifPresent(flaw -> err.println("hera: " + file + " " + flaw));
      return damage.isPresent() ? DAMAGED : 0;
    }

    private static void describe(SnapshotHeader header, PrintWriter err) {
      err.printf(
          "node %s%s, written %s%n",
          header.node(),
          header.cluster().isEmpty() ? "" : " in " + header.cluster(),
          Instant.ofEpochMilli(header.wallMillis()));
    }

    private void add(OriginDelta part) {
      for (Entry entry : part.entries()) {
        if (entry.key().isOfDrain()) {
          drains.add(entry.key().id());
          continue;
        }
        newest.merge(entry.key(), new Newest(part.origin(), entry), Newest::later);
      }
    }

    private long instances() {
      return newest.values().stream().filter(Newest::isShown).count();
    }

    private void print(PrintWriter out) {
      JsonWriter json = new JsonWriter(1 << 16);
      String service = "";
      String separator = "{";
      for (var found : newest.entrySet()) {
        if (found.getValue().entry instanceof Registration registration) {
          boolean same = found.getKey().service().equals(service);
          service = found.getKey().service();
          if (same) {
            json.raw(',');
          } else {
            json.ascii(separator).string(service).ascii(":{");
            separator = "},";
          }
          json.string(found.getKey().id()).raw(':').raw(registration.document());
          restored += registration.restored() ? 1 : 0;
        }
      }
      json.ascii(service.isEmpty() ? "{}" : "}}");
      out.println(new String(json.toBytes(), StandardCharsets.UTF_8));
    }
  }

  /** The entry that wins on a key (P2). */
  private record Newest(String origin, Entry entry) {
    boolean isShown() {
      return entry instanceof Registration;
    }

    static Newest later(Newest one, Newest other) {
      int order = Long.compare(one.entry.version(), other.entry.version());
      return (order == 0 ? one.origin.compareTo(other.origin) : order) > 0 ? one : other;
    }
  }
}
