package io.hera.http.inspect;

import io.hera.json.JsonWriter;
import io.hera.json.ObjectCursor;
import java.util.Map;
import java.util.Optional;

/** How a reply shows the answer of a node. A peer may answer anything: an answer of another form is not shown. */
@FunctionalInterface
interface AnswerForm {
  /** The flaw of an answer of another form. */
  String SOMETHING_ELSE = "answered something else";

  /** Writes the answer of a node, one JSON object, as members of an object; returns its flaw, which voids the members written. */
  Optional<String> write(JsonWriter out, String node, byte[] answer);

  /** The values that a member of an answer may have. */
  enum Kind {
    TEXT {
      @Override
      boolean has(byte[] value) {
        return value[0] == '"';
      }
    },
    COUNT {
      @Override
      boolean has(byte[] value) {
        boolean digits = value.length <= DIGITS_MAX;
        for (int i = 0; digits && i < value.length; i++) {
          digits = value[i] >= '0' && value[i] <= '9';
        }
        return digits;
      }
    },
    LIST {
      @Override
      boolean has(byte[] value) {
        return value[0] == '[';
      }
    };

    private static final int DIGITS_MAX = 15;

    /** Returns whether this JSON value is of the kind. */
    abstract boolean has(byte[] value);
  }

  /** Returns the form that takes these members over from the answer. */
  static AnswerForm members(Map<String, Kind> wanted) {
    return (out, node, answer) -> {
      ObjectCursor members = new ObjectCursor(answer);
      int found = 0;
      while (members.next()) {
        Kind kind = wanted.get(members.name());
        if (kind != null && kind.has(members.value())) {
          out.ascii(found > 0 ? "," : "").string(members.name()).raw(':').raw(members.value());
          found++;
        }
      }
      return found == wanted.size() ? Optional.empty() : Optional.of(SOMETHING_ELSE);
    };
  }
}
