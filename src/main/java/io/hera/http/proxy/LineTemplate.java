package io.hera.http.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hera.wire.InstanceReading;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line that an operator wants for each instance, such as <code>server {host}:{port} weight={weight};</code>. A placeholder is the
 * name of a member at the top level, and what to take if it is missing: <code>{zone|none}</code>. Two braces, <code>{{</code>, are one.
 *
 * <p>The line becomes the configuration of a proxy, and the documents belong to their clients. So a value is made of harmless
 * characters, or the instance is left out. The line itself is the operator's, and may have any.
 */
final class LineTemplate {
  static final int LENGTH_MAX = 4_096;
  static final int PLACEHOLDERS_MAX = 16;

  private static final Pattern TOKEN =
      Pattern.compile("\\{\\{|\\{([^{}|]+)(?:\\|([^{}]*))?}|[^{]++");
  private static final String HARMLESS = "[A-Za-z0-9._:\\[\\]@+-]";
  private static final Pattern VALUE = Pattern.compile(HARMLESS + "{1,255}");
  private static final Pattern HARMFUL = Pattern.compile(HARMLESS.replace("[A", "[^A"));

  private final List<Part> parts;

  private LineTemplate(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  private sealed interface Part {}

  private record Text(String text) implements Part {}

  /** A placeholder; the fallback stands for it if the document has no such member. */
  private record Placeholder(String name, Form form, Optional<String> fallback) implements Part {}

  private enum Form {
    PLAIN,
    /** An IPv6 address is in brackets, because a colon follows. */
    BRACKETS
  }

  /** Parses the line of a request. */
  static LineTemplate parse(String line) throws ProblemException {
    if (line.isEmpty() || line.length() > LENGTH_MAX) {
      throw new ProblemException(
          Problem.invalidQuery("line: not a text of 1 to " + LENGTH_MAX + " characters"));
    }
    List<Part> parts = new ArrayList<>();
    Matcher token = TOKEN.matcher(line);
    for (int at = 0; at < line.length(); at = token.end()) {
      if (!token.region(at, line.length()).lookingAt()) {
        throw new ProblemException(Problem.invalidQuery("line: the brace at character " + (at + 1)
            + " does not begin a placeholder such as {host} or {zone|none}; {{ is a brace"));
      }
      parts.add(part(line, token));
    }
    if (parts.stream().filter(Placeholder.class::isInstance).count() > PLACEHOLDERS_MAX) {
      throw new ProblemException(
          Problem.invalidQuery("line: more than " + PLACEHOLDERS_MAX + " placeholders"));
    }
    return new LineTemplate(parts);
  }

  private static Part part(String line, Matcher token) {
    String name = token.group(1);
    if (name == null) {
      return new Text(token.group().equals("{{") ? "{" : token.group());
    }
    Form form = line.startsWith(":", token.end()) ? Form.BRACKETS : Form.PLAIN;
    return new Placeholder(name, form, Optional.ofNullable(token.group(2)));
  }

  /** Appends the line of an instance; returns why there is none, if it lacks something. */
  Optional<Lack> append(String id, InstanceReading instance, StringBuilder out) {
    int begin = out.length();
    for (Part part : parts) {
      Optional<Lack> lack = part instanceof Placeholder placeholder
          ? append(placeholder, id, instance, out)
          : append((Text) part, out);
      if (lack.isPresent()) {
        out.setLength(begin);
        return lack;
      }
    }
    out.append('\n');
    return Optional.empty();
  }

  private static Optional<Lack> append(Text part, StringBuilder out) {
    out.append(part.text);
    return Optional.empty();
  }

  private static Optional<Lack> append(
      Placeholder part, String id, InstanceReading instance, StringBuilder out) {
    Optional<String> value = value(part, id, instance);
    if (value.isPresent() && !VALUE.matcher(value.get()).matches()) {
      return Optional.of(Lack.BAD_VALUE);
    }
    value.or(part::fallback).ifPresent(out::append);
    return value.isPresent() || part.fallback.isPresent()
        ? Optional.empty()
        : Optional.of(lack(part.name));
  }

  private static Lack lack(String name) {
    return switch (name) {
      case "host" -> Lack.NO_ADDRESS;
      case "port" -> Lack.NO_PORT;
      default -> Lack.NO_VALUE;
    };
  }

  private static Optional<String> value(Placeholder part, String id, InstanceReading instance) {
    return switch (part.name) {
      case "host" ->
        instance.address().map(part.form == Form.BRACKETS ? Hosts::beforePort : Hosts::plain);
      case "port" -> instance.port().stream().mapToObj(Integer::toString).findFirst();
      case "id" -> Optional.of(harmless(id));
      case "weight" -> Optional.of(Integer.toString(instance.weight()));
      case "zone" -> Optional.of(instance.zone()).filter(zone -> !zone.isEmpty());
      default ->
        Optional.ofNullable(instance.scalars().get(part.name)).filter(scalar -> !scalar.isEmpty());
    };
  }

  /** Returns an id with one {@code _} for each byte that could mean something to a proxy. */
  private static String harmless(String id) {
    return HARMFUL
        .matcher(id)
        .replaceAll(found -> "_".repeat(found.group().getBytes(UTF_8).length));
  }
}
