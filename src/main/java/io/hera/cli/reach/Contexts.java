package io.hera.cli.reach;

import io.hera.cli.nodes.NodeUrl;
import io.hera.cli.nodes.Phrasing;
import io.hera.cli.shell.CommandFailed;
import io.hera.cli.shell.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The contexts of a user: one file each, {@code NAME.properties} in {@code $XDG_CONFIG_HOME/hera}. The file {@code current} there has the
 * name of the one in use. A context that is not there is an error: a command for one cluster must not reach another one.
 */
public final class Contexts {
  private static final Pattern NAME = Pattern.compile("(?!\\.)[A-Za-z0-9._-]{1,64}");
  private static final String SUFFIX = ".properties";
  private static final String CURRENT = "current";

  private final Path directory;

  private Contexts(Path directory) {
    this.directory = directory;
  }

  /** Returns those of the user with this environment. */
  public static Contexts of(Map<String, String> environment) {
    String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
    Path root = configured.startsWith("/") ? Path.of(configured) : Path.of(home, ".config");
    return new Contexts(root.resolve("hera"));
  }

  /** Returns the names of all. */
  public List<String> names() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.endsWith(SUFFIX))
          .map(file -> file.substring(0, file.length() - SUFFIX.length()))
          .filter(NAME.asMatchPredicate())
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw unreadable(directory, failure);
    }
  }

  /** Returns the name of the one in use, which may be missing. */
  public Optional<String> current() {
    Path file = directory.resolve(CURRENT);
    try {
      String name = Files.readString(file).strip();
      return name.isEmpty() ? Optional.empty() : Optional.of(name);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
  }

  /** Reads a context. */
  public Context read(String name) {
    Path file = file(name);
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(in);
    } catch (NoSuchFileException none) {
      throw unknown(name);
    } catch (IOException | IllegalArgumentException failure) {
      throw unreadable(file, failure);
    }
    Map<ContextKey, String> values = new EnumMap<>(ContextKey.class);
    for (String key : properties.stringPropertyNames()) {
      ContextKey known = ContextKey.of(key)
          .orElseThrow(() ->
              wrong(file + ": " + key + " is not one of " + String.join(", ", ContextKey.keys())));
      String value = properties.getProperty(key).strip();
      if (!value.isEmpty()) {
        values.put(known, known.isFile() ? directory.resolve(value).toString() : value);
      }
    }
    return new Context(name, values);
  }

  private CommandFailed unknown(String name) {
    List<String> names = names();
    return wrong("there is no context " + name + " in " + directory
        + (names.isEmpty() ? "" : ": there are " + String.join(", ", names)));
  }

  /** Makes a context the one in use. */
  public void use(String name) {
    read(name);
    write(directory.resolve(CURRENT), name + "\n");
  }

  /** Has no context be in use any more. */
  public void useNone() {
    try {
      Files.deleteIfExists(directory.resolve(CURRENT));
    } catch (IOException failure) {
      throw unreadable(directory, failure);
    }
  }

  /** Writes a context; replaces one of its name. */
  public void save(Context context) {
    context.value(ContextKey.NODES).ifPresent(NodeUrl::list);
    String text = context.values().entrySet().stream()
        .map(value -> value.getKey().key() + "=" + escaped(value.getValue()) + "\n")
        .collect(Collectors.joining());
    write(file(context.name()), text);
  }

  /** A backslash begins an escape in such a file. */
  private static String escaped(String value) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw wrong(Phrasing.printable(value) + " has a control character");
    }
    return value.replace("\\", "\\\\");
  }

  private Path file(String name) {
    if (!NAME.matcher(name).matches()) {
      throw wrong(
          Phrasing.printable(name) + " is not the name of a context: 1 to 64 of A-Z a-z 0-9 . _ -");
    }
    return directory.resolve(name + SUFFIX);
  }

  /** Writes a file as a whole. */
  private void write(Path file, String text) {
    try {
      Files.createDirectories(directory);
      Path next = Files.createTempFile(directory, ".", ".new");
      Files.writeString(next, text);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw wrong(file + " cannot be written: " + failure.getMessage());
    }
  }

  private static CommandFailed unreadable(Path file, Exception failure) {
    return wrong(file + " cannot be read: " + failure.getMessage());
  }

  private static CommandFailed wrong(String line) {
    return new CommandFailed(ExitCode.USAGE, line);
  }
}
