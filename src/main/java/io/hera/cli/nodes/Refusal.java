package io.hera.cli.nodes;

import io.hera.json.JsonFields;
import io.hera.json.Malformed;
import java.io.IOException;
import java.io.InputStream;

/** Why a node does not do what it was asked, from its problem (RFC 9457), in words for people. */
public final class Refusal {
  private static final String URN = "urn:hera:problem:";

  private static final int BYTES_MAX = 16 << 10;

  private Refusal() {}

  /** Reads the body of a refusal; closes it. */
  public static byte[] read(InputStream body) {
    try (body) {
      return body.readNBytes(BYTES_MAX);
    } catch (IOException failure) {
      return new byte[0];
    }
  }

  /** Returns the sentence for an answer. */
  static String of(int status, byte[] body) {
    try {
      JsonFields problem = JsonFields.parse(body);
      String type = problem.text("type", "");
      String detail = problem.text("detail", "");
      if (!type.startsWith(URN) || detail.isEmpty()) {
        return foreign(status);
      }
      String hint = problem.text("hint", "");
      String needs = problem.text("needs", "");
      return Phrasing.printable(type.substring(URN.length()) + ": " + detail
          + (needs.isEmpty() ? "" : "; it needs: " + needs)
          + (hint.isEmpty() ? "" : " (" + hint + ")")
          + advice(status));
    } catch (Malformed notAProblem) {
      return foreign(status);
    }
  }

  private static String advice(int status) {
    return status == 401 ? " (name a token by HERA_TOKEN_FILE or a context)" : "";
  }

  private static String foreign(int status) {
    return "answers " + status + " without a problem of Hera: it may be another server";
  }
}
