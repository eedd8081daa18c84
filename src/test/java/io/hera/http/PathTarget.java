package io.hera.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.fuzz.Allocation;
import io.hera.http.Target.OneInstance;
import io.hera.http.Target.OneService;
import io.hera.wire.Durations;
import io.hera.wire.Names;
import io.hera.wire.Percent;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Request targets, compared with what the JDK's URI and URLDecoder make of them. */
public final class PathTarget {
  private static final int PER_BYTE = 128;

  private PathTarget() {}

  public static boolean accepts(byte[] input) {
    String sent = new String(input, ISO_8859_1);
    String target = TargetParser.originForm(sent);
    Target parsed = Allocation.bounded(input.length, PER_BYTE, () -> TargetParser.parse(sent));
    if (parsed instanceof Target.Malformed malformed) {
      blamesTheClient(malformed.problem());
      return false;
    }
    if (parsed instanceof Target.Operation operation) {
      assertThat(target).startsWith("/_").startsWith(operation.path());
    } else if (!(parsed instanceof Target.Asterisk)) {
      assertThat(names(parsed)).as("second reading").isEqualTo(read(target));
      names(parsed).forEach(name -> assertThat(Names.flawOfId(name)).isEmpty());
      assertThat(names(TargetParser.parse(target(parsed)))).isEqualTo(names(parsed));
      agreesWithUri(sent, target);
    }
    query(parsed.query());
    return true;
  }

  private static List<String> names(Target target) {
    if (target instanceof OneInstance one) {
      return List.of(one.key().service(), one.key().id());
    }
    return target instanceof OneService one ? List.of(one.service().name()) : List.of();
  }

  /** Returns the target as Hera would write it. */
  private static String target(Target target) {
    String path =
        "/" + String.join("/", names(target).stream().map(Percent::encode).toList());
    return path + "?" + target.query().raw();
  }

  private static List<String> read(String target) {
    String path = target.split("\\?", 2)[0].substring(1);
    return path.isEmpty() ? List.of() : segments(path);
  }

  /** Returns the texts between slashes, decoded by the JDK. */
  static List<String> segments(String path) {
    return Stream.of(path.split("/", -1))
        .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), UTF_8))
        .toList();
  }

  /** Checks that the refusal of a target blames the client, in words that can be shown. */
  static void blamesTheClient(Problem problem) {
    assertThat(problem.type().status()).isEqualTo(400);
    assertThat(problem.detail()).as("fit to be shown").matches("[ -~]{1,200}");
  }

  /** Compares with the JDK's URI, where that accepts the target and sees no fragment. */
  private static void agreesWithUri(String sent, String target) {
    try {
      URI uri = new URI(sent);
      if (uri.getRawFragment() == null && !uri.isOpaque()) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        assertThat(target).as("URI").isEqualTo(path + query);
      }
    } catch (URISyntaxException stricter) {
      assertThat(stricter.getInput()).isEqualTo(sent);
    }
  }

  private interface Parameter<T> {
    T value() throws ProblemException;
  }

  private static void query(Query query) {
    Optional<List<String>> pretty = values(query, "pretty");
    assertThat(value(query::pretty))
        .as("pretty")
        .isEqualTo(pretty.map(given -> given.stream().anyMatch(v -> !v.matches("false|0"))));
    assertThat(value(query::ttlMillis))
        .as("ttl")
        .isEqualTo(values(query, "ttl").flatMap(PathTarget::ttl));
  }

  /** Returns the value; empty if it is refused. */
  private static <T> Optional<T> value(Parameter<T> parameter) {
    try {
      return Optional.of(parameter.value());
    } catch (ProblemException rejected) {
      return Optional.empty();
    }
  }

  /** Returns the parameter's value, if any; empty if it is given twice or cannot be decoded. */
  private static Optional<List<String>> values(Query query, String name) {
    List<Optional<String>> values = Arrays.stream(query.raw().split("&", -1))
        .map(parameter -> parameter.split("=", 2))
        .filter(parts -> decoded(parts[0]).equals(Optional.of(name)))
        .map(parts -> parts.length < 2 ? Optional.of("") : decoded(parts[1]))
        .toList();
    boolean refused = values.size() > 1 || values.contains(Optional.<String>empty());
    return refused
        ? Optional.empty()
        : Optional.of(values.stream().map(Optional::orElseThrow).toList());
  }

  /** Decodes with the JDK, which is less strict; empty if the text is not strictly encoded. */
  private static Optional<String> decoded(String encoded) {
    if (!encoded.replaceAll("%[0-9a-fA-F]{2}", "").matches("[!-$&-~]*")) {
      return Optional.empty();
    }
    String decoded = URLDecoder.decode(encoded, UTF_8);
    String again = URLEncoder.encode(decoded, UTF_8);
    boolean strict =
        URLDecoder.decode(again, ISO_8859_1).equals(URLDecoder.decode(encoded, ISO_8859_1));
    return strict ? Optional.of(decoded) : Optional.empty();
  }

  private static Optional<Long> ttl(List<String> given) {
    if (given.isEmpty()) {
      return Optional.of(0L);
    }
    OptionalLong millis = Durations.millis(given.get(0));
    return millis.isPresent() ? Optional.of(Math.max(1, millis.getAsLong())) : Optional.empty();
  }
}
