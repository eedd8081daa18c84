package io.hera.client;

import io.hera.json.JsonFields;
import io.hera.json.Malformed;
import java.util.Set;

/**
 * The reason why something could not be done: the problem that a node answered (RFC 9457), or how the
 * network failed.
 *
 * @param status of HTTP; 0 if no node answered
 * @param type such as {@code urn:hera:problem:capacity}; {@value #BLANK} if the answer was not a problem
 * @param detail one sentence; never empty
 * @param hint a remedy, or empty
 * @param pointer JSON pointer to the faulty member of the document, or empty
 * @param needs the permission that the client lacks, or empty
 */
public record HeraProblem(
    int status, String type, String detail, String hint, String pointer, String needs) {
  static final String BLANK = "about:blank";

  private static final Set<Integer> RETRYABLE = Set.of(0, 408, 429, 500, 502, 503, 504);
  private static final int LENGTH_MAX = 1_000;

  /** Returns the problem in an answer; of one whose body is anything else, the status alone. */
  static HeraProblem of(Answer answer) {
    String status = "the node answered " + answer.status();
    try {
      JsonFields json = JsonFields.parse(answer.body());
      return new HeraProblem(
          answer.status(),
          text(json, "type", BLANK),
          text(json, "detail", status),
          text(json, "hint", ""),
          text(json, "pointer", ""),
          text(json, "needs", ""));
    } catch (Malformed notProblem) {
      return new HeraProblem(answer.status(), BLANK, status, "", "", "");
    }
  }

  /** Returns the problem that no node answered, with a detail that says which, and why. */
  static HeraProblem unanswered(String detail) {
    return new HeraProblem(0, BLANK, detail, "", "", "");
  }

  private static String text(JsonFields json, String name, String fallback) {
    String text = json.text(name, fallback);
    return text.length() > LENGTH_MAX ? text.substring(0, LENGTH_MAX) : text;
  }

  /** Returns whether the same request may succeed later, or at another node. */
  public boolean retryable() {
    return RETRYABLE.contains(status);
  }

  /** Returns the last part of the type, such as {@code capacity}. */
  public String label() {
    return type.substring(type.lastIndexOf(':') + 1);
  }

  /** Returns it for logs: {@code 507 capacity: the limit on instances is reached; renewals go on}. */
  @Override
  public String toString() {
    String what = type.equals(BLANK) ? "" : " " + label();
    return (status == 0 ? "" : status + what + ": ") + detail;
  }
}
