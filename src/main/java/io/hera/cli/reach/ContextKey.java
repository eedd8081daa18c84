package io.hera.cli.reach;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a context can say, and the variable of the environment that says the same. */
public enum ContextKey {
  NODES("nodes", "HERA_NODES"),
  ZONE("zone", "HERA_ZONE"),
  TOKEN_FILE("token-file", "HERA_TOKEN_FILE"),
  CA("ca", "HERA_CA"),
  CERT("cert", "HERA_CERT"),
  KEY("key", "HERA_KEY");

  private final String key;
  private final String variable;

  ContextKey(String key, String variable) {
    this.key = key;
    this.variable = variable;
  }

  /** Returns the key in a file. */
  public String key() {
    return key;
  }

  /** Returns the variable of the environment. */
  public String variable() {
    return variable;
  }

  /** Returns whether the value is the path of a file. */
  boolean isFile() {
    return this != NODES && this != ZONE;
  }

  static Optional<ContextKey> of(String key) {
    return Arrays.stream(values()).filter(one -> one.key.equals(key)).findAny();
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(ContextKey::key).toList();
  }
}
