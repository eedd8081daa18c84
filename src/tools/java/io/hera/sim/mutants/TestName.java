package io.hera.sim.mutants;

/**
 * The test of a rule: a class, or with {@code #} one of its methods, for a class that takes long.
 *
 * @param className with its package
 * @param method empty for all of the class
 */
public record TestName(String className, String method) {
  /** Reads {@code io.hera.ATest} or {@code io.hera.ATest#method}. */
  static TestName parse(String text) {
    String[] parts = text.split("#", 2);
    return new TestName(parts[0], parts.length < 2 ? "" : parts[1]);
  }

  /** Returns the file of the class, below {@code src/test/java}. */
  String file() {
    return className.replace('.', '/') + ".java";
  }

  /** Returns the name of the class without its package. */
  String simpleName() {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  /** Returns the same test of a class that has another name now. */
  TestName in(String className) {
    return new TestName(className, method);
  }

  /** Returns the text that {@link #parse} reads. */
  @Override
  public String toString() {
    return method.isEmpty() ? className : className + "#" + method;
  }
}
