package io.hera.http;

/** What a client must be allowed to do before an {@link Endpoint} serves it. */
public enum Right {
  /** Nothing: anyone who reaches the port is served. */
  NONE
}
