package io.hera.cli.instances;

import io.hera.cli.nodes.Answer;
import io.hera.cli.shell.CommandFailed;
import io.hera.cli.shell.ExitCode;
import io.hera.json.Documents;
import io.hera.json.ObjectCursor;
import java.util.ArrayList;
import java.util.List;

/** The members of an object that a node has answered with: ids with documents, or other names. */
final class Listing {
  private Listing() {}

  /** A member of the object. */
  record Member(String name, byte[] value) {
    /** Returns whether the value is an object. */
    boolean isObject() {
      return value.length > 0 && value[0] == '{';
    }
  }

  /**
   * Returns the members in their order.
   *
   * @throws CommandFailed if the answer is not a JSON object
   */
  static List<Member> of(Answer answer) {
    byte[] body = answer.body();
    if (!Documents.isStructure(body) || !startsAnObject(body)) {
      throw new CommandFailed(
          ExitCode.UNREACHABLE, answer.node() + " does not answer with a JSON object");
    }
    List<Member> members = new ArrayList<>();
    ObjectCursor cursor = new ObjectCursor(body);
    while (cursor.next()) {
      members.add(new Member(cursor.name(), cursor.value()));
    }
    return members;
  }

  private static boolean startsAnObject(byte[] body) {
    int at = 0;
    while (at < body.length && body[at] <= ' ') {
      at++;
    }
    return at < body.length && body[at] == '{';
  }
}
