package io.hera.http.ops;

import io.hera.http.Bodies;
import io.hera.http.Exchange;
import io.hera.json.Documents;
import io.hera.json.Malformed;
import io.hera.json.ObjectCursor;
import io.hera.wire.Percent;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.Future;

/**
 * Why an operator gives a command: the body of its request, empty or {@code {"reason": text}}.
 *
 * @param text at most 200 characters; may be empty
 */
record OperatorReason(String text) {
  /** The member of the body. */
  static final String MEMBER = "reason";

  private static final int BYTES_MAX = 4 << 10;
  private static final int DEPTH_MAX = 2;
  private static final int LENGTH_MAX = 200;

  /** Returns the reason in the body of a request; fails with a {@link ProblemException}. */
  static Future<OperatorReason> of(Exchange exchange, Bodies bodies) {
    return bodies.read(exchange).compose(body -> {
      try {
        return Future.succeededFuture(new OperatorReason(text(body.getBytes())));
      } catch (ProblemException refused) {
        return Future.failedFuture(refused);
      }
    });
  }

  private static String text(byte[] body) throws ProblemException {
    if (body.length == 0) {
      return "";
    }
    try {
      Documents.check(body, BYTES_MAX, DEPTH_MAX);
    } catch (Malformed malformed) {
      throw new ProblemException(Problem.invalidDocument(malformed));
    }
    ObjectCursor members = new ObjectCursor(body);
    String text = "";
    while (members.next()) {
      if (!members.isNamed(MEMBER) || !members.isText()) {
        throw new ProblemException(
            Problem.invalidRequest("the body has members other than reason, a string"));
      }
      text = members.text();
    }
    if (text.length() > LENGTH_MAX) {
      throw new ProblemException(
          Problem.invalidRequest("the reason has more than " + LENGTH_MAX + " characters"));
    }
    return text;
  }

  /** Returns the last field of a line of the audit log. */
  String field() {
    return " reason=" + Percent.encode(text);
  }
}
