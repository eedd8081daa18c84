package io.hera.json;

/**
 * A strict check of whole JSON values: their grammar, their nesting, and that no object has a key
 * twice. It moves the {@link JsonScanner} from which it reads.
 */
public final class JsonChecker {
  private final JsonScanner in;
  private final int depthMax;
  private final JsonRules rules;
  private final DuplicateKeys keys = new DuplicateKeys();

  public JsonChecker(JsonScanner in, int depthMax, JsonRules rules) {
    this.in = in;
    this.depthMax = depthMax;
    this.rules = rules;
  }

  /** Checks and passes a document, which is one object. */
  public void document() throws Malformed {
    int next = in.peek();
    if (next < 0) {
      throw in.fail("the document is empty");
    }
    if (next != '{') {
      throw in.fail("the document must be one JSON object, not " + JsonKind.of(next));
    }
    keys.drop(0);
    object(1);
  }

  /** Checks and passes one value of any kind at level {@code depth}; the outermost is 1. */
  public void value(int depth) throws Malformed {
    switch (in.peek()) {
      case '"' -> string();
      case '{' -> object(depth);
      case '[' -> array(depth);
      case 't' -> in.literal("true");
      case 'f' -> in.literal("false");
      case 'n' -> in.literal("null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw in.unexpected("a value");
    }
  }

  private void object(int depth) throws Malformed {
    enter(depth);
    if (in.accept('}')) {
      return;
    }
    int first = keys.size();
    long seen = 0;
    boolean suspect = false;
    do {
      in.peek();
      int start = in.at();
      int hash = in.key();
      refuseHalfPair();
      keys.add(hash, start);
      in.expect(':');
      long bit = 1L << ((hash * 0x9e3779b9) >>> 26);
      suspect |= (seen & bit) != 0;
      seen |= bit;
      value(depth + 1);
    } while (in.more('}'));
    // Two keys of equal hash set the same bit; other pairs may too, so the keys are compared.
    if (suspect) {
      refuseDuplicate(first);
    }
    keys.drop(first);
  }

  private void refuseDuplicate(int first) throws Malformed {
    int duplicate = keys.duplicate(first, in);
    if (duplicate >= 0) {
      in.goTo(duplicate);
      throw in.fail("a key appears twice");
    }
  }

  private void array(int depth) throws Malformed {
    enter(depth);
    if (in.accept(']')) {
      return;
    }
    do {
      value(depth + 1);
    } while (in.more(']'));
  }

  private void string() throws Malformed {
    in.string();
    refuseHalfPair();
  }

  /** Checks the string or key that was just passed. */
  private void refuseHalfPair() throws Malformed {
    int half = rules == JsonRules.I_JSON ? in.halfPair() : -1;
    if (half >= 0) {
      in.goTo(half);
      throw in.fail("a string has half of a surrogate pair");
    }
  }

  private void number() throws Malformed {
    int start = in.number();
    if (rules == JsonRules.I_JSON && !in.isDouble(start)) {
      in.goTo(start);
      throw in.fail("a number is beyond the range of a double");
    }
  }

  private void enter(int depth) throws Malformed {
    if (depth > depthMax) {
      throw in.fail("the JSON is nested deeper than level " + depthMax);
    }
    in.goTo(in.at() + 1);
  }
}
