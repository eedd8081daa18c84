package io.hera.sim;

import io.hera.registry.Dialect;

/** An answer as the network delivers it; {@code refused} stands for a status other than 200. */
record Response(boolean refused, Dialect dialect, byte[] body) {
  static final Response REFUSED = new Response(true, Dialect.V1, new byte[0]);

  Response(Dialect dialect, byte[] body) {
    this(false, dialect, body);
  }

  Response with(byte[] other) {
    return new Response(refused, dialect, other);
  }
}
