package io.hera.client;

import io.hera.json.CanonicalForm;
import io.hera.json.Documents;
import io.hera.json.ObjectCursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;

/**
 * A condition on instances: a member at the top level of their document, and its value. Nodes
 * evaluate it ({@code ?match=zone:ams}).
 *
 * @param member its name, not empty
 * @param value a string as it is, unescaped; an object or array as JSON, compared by content; any other
 *     value as documents write it: {@code 8080} does not match {@code 8080.0}
 */
public record Match(String member, String value) implements Comparable<Match> {
  private static final Comparator<Match> ORDER =
      Comparator.comparing(Match::member).thenComparing(Match::value);

  /** Throws an {@link IllegalArgumentException} if the name is empty. */
  public Match {
    if (member.isEmpty()) {
      throw new IllegalArgumentException("match: the name of the member is empty");
    }
  }

  /** Returns the condition that a member has a value, such as {@code Match.of("zone", "ams")}. */
  public static Match of(String member, String value) {
    return new Match(member, value);
  }

  /** Returns the parameter of a query, encoded: {@code match=zone:ams}. */
  String parameter() {
    return "match=" + Names.encoded(member) + ":" + Names.encoded(value);
  }

  /** Returns whether a node would list an instance with this document. */
  public boolean matches(Document document) {
    ObjectCursor members = new ObjectCursor(document.shared());
    return members.next(member)
        && (members.text().equals(value)
            || (members.isStructure() && isSameStructure(members.value())));
  }

  private boolean isSameStructure(byte[] structure) {
    byte[] wanted = value.getBytes(StandardCharsets.UTF_8);
    CanonicalForm form = new CanonicalForm(Set.of());
    return Documents.isStructure(wanted) && Arrays.equals(form.of(structure), form.of(wanted));
  }

  /** Compares by member, then by value: conditions in this order make equal requests equal. */
  @Override
  public int compareTo(Match other) {
    return ORDER.compare(this, other);
  }
}
