package io.hera.cli.nodes;

import io.hera.json.Malformed;
import io.hera.wire.Names;
import io.hera.wire.Percent;
import java.util.Optional;

/**
 * A service or one of its instances, as it is typed: {@code SERVICE} or {@code SERVICE/ID}, as in a path. Characters that cannot stand in
 * a path may be typed as they are; a {@code %} begins an escape.
 *
 * @param service decoded
 * @param id decoded; empty for the whole service
 */
public record InstanceName(String service, Optional<String> id) {
  /**
   * Parses either form.
   *
   * @throws IllegalArgumentException names the rule that is broken
   */
  public static InstanceName parse(String text) {
    String[] names = text.replaceFirst("^/", "").split("/", -1);
    if (names.length > 2) {
      throw new IllegalArgumentException(
          Phrasing.printable(text) + " is not SERVICE or SERVICE/ID");
    }
    InstanceName name = new InstanceName(
        decoded(names[0]), names.length == 2 ? Optional.of(decoded(names[1])) : Optional.empty());
    Names.flawOfService(name.service).or(() -> name.id.flatMap(Names::flawOfId)).ifPresent(flaw -> {
      throw new IllegalArgumentException(flaw);
    });
    return name;
  }

  /**
   * Parses {@code SERVICE/ID}.
   *
   * @throws IllegalArgumentException names the rule that is broken
   */
  public static InstanceName parseInstance(String text) {
    if (text.replaceFirst("^/", "").split("/", -1).length != 2) {
      throw new IllegalArgumentException("the instance is not SERVICE/ID");
    }
    return parse(text);
  }

  private static String decoded(String name) {
    StringBuilder encoded = new StringBuilder();
    name.codePoints()
        .mapToObj(Character::toString)
        .forEach(character ->
            encoded.append(character.matches("[!-~]") ? character : Percent.encode(character)));
    try {
      return Percent.decode(encoded.toString());
    } catch (Malformed malformed) {
      throw new IllegalArgumentException("the name is not valid: " + malformed.reason(), malformed);
    }
  }

  /** Returns the path for a request. */
  public String path() {
    return "/" + Percent.encode(service)
        + id.map(name -> "/" + Percent.encode(name)).orElse("");
  }

  /** Returns the name of an instance of this service. */
  public InstanceName instance(String instance) {
    return new InstanceName(service, Optional.of(instance));
  }

  /** Returns the text that can be typed again. */
  @Override
  public String toString() {
    return Phrasing.name(service) + id.map(name -> "/" + Phrasing.name(name)).orElse("");
  }
}
