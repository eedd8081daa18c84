package io.hera.http;

import io.hera.store.page.Near;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text form of {@link Near}, {@code zone:ams,fra}. The first colon and the commas that are not percent-encoded separate; if the
 * colon is encoded, as some libraries do, the commas are taken to be so too.
 */
final class Nears {
  private static final int VALUES_MAX = 16;
  private static final int VALUE_LENGTH_MAX = 255;
  private static final Pattern MIN = Pattern.compile("[0-9]{1,9}");

  private Nears() {}

  static Near parse(String encoded, String min) throws ProblemException {
    int colon = encoded.indexOf(':');
    if (colon >= 0) {
      List<String> values = new ArrayList<>();
      for (String value : encoded.substring(colon + 1).split(",", -1)) {
        values.add(Query.decode(Query.NEAR, value));
      }
      return near(Query.decode(Query.NEAR, encoded.substring(0, colon)), values, min);
    }
    String text = Query.decode(Query.NEAR, encoded);
    int decoded = text.indexOf(':');
    if (decoded < 0) {
      throw new ProblemException(Problem.invalidQuery("near: not a name, a colon and values"));
    }
    return near(
        text.substring(0, decoded), List.of(text.substring(decoded + 1).split(",", -1)), min);
  }

  private static Near near(String member, List<String> values, String min) throws ProblemException {
    boolean bad =
        values.stream().anyMatch(value -> value.isEmpty() || value.length() > VALUE_LENGTH_MAX);
    if (bad || values.size() > VALUES_MAX) {
      throw new ProblemException(Problem.invalidQuery(
          "near: not 1 to 16 values, each of 1 to 255 characters, with commas between them"));
    }
    if (!MIN.matcher(min).matches() || Integer.parseInt(min) == 0) {
      throw new ProblemException(Problem.invalidQuery("near-min: not an integer in 1..999999999"));
    }
    return new Near(member, values, Integer.parseInt(min));
  }
}
