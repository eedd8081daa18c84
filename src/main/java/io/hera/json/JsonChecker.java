package io.hera.json;

/**
 * The grammar of JSON, strictly: passes whole values and refuses what is not well-formed, too deep, or has a key twice. Goes
 * forward together with the {@link JsonScanner} it reads from.
 */
public final class JsonChecker {
  private final JsonScanner in;
  private final int depthMax;
  private final DuplicateKeys keys = new DuplicateKeys();

  public JsonChecker(JsonScanner in, int depthMax) {
    this.in = in;
    this.depthMax = depthMax;
  }

  /** Passes one object, strictly: what a client may put. */
  public void document() throws Malformed {
    int next = in.peek();
    if (next < 0) {
      throw in.fail("the document is empty");
    }
    if (next != '{') {
      throw in.fail("the document must be one JSON object, this is " + JsonKind.of(next));
    }
    keys.drop(0);
    object(1);
  }

  /** Passes one value of any kind, strictly, at {@code depth} (the outermost is 1). */
  public void value(int depth) throws Malformed {
    switch (in.peek()) {
      case '"' -> in.string();
      case '{' -> object(depth);
      case '[' -> array(depth);
      case 't' -> in.word("true");
      case 'f' -> in.word("false");
      case 'n' -> in.word("null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> in.number();
      default -> throw in.unexpected("a value");
    }
  }

  private void object(int depth) throws Malformed {
    enter(depth);
    if (in.closes('}')) {
      return;
    }
    int first = keys.size();
    long seen = 0;
    boolean suspect = false;
    do {
      in.peek();
      int start = in.at();
      int hash = in.key();
      keys.add(hash, start);
      in.expect(':');
      long bit = 1L << ((hash * 0x9e3779b9) >>> 26);
      suspect |= (seen & bit) != 0;
      seen |= bit;
      value(depth + 1);
    } while (in.more('}'));
    if (suspect) {
      refuseTwice(first);
    }
    keys.drop(first);
  }

  private void refuseTwice(int first) throws Malformed {
    int twice = keys.twice(first, in);
    if (twice >= 0) {
      in.goTo(twice);
      throw in.fail("a key appears twice");
    }
  }

  private void array(int depth) throws Malformed {
    enter(depth);
    if (in.closes(']')) {
      return;
    }
    do {
      value(depth + 1);
    } while (in.more(']'));
  }

  private void enter(int depth) throws Malformed {
    if (depth > depthMax) {
      throw in.fail("it is nested deeper than " + depthMax + " levels");
    }
    in.goTo(in.at() + 1);
  }
}
