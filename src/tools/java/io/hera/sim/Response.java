package io.hera.sim;

/** An answer as it comes out of the network; {@code refused} is a status other than 200. */
record Response(boolean refused, boolean v2, byte[] body) {
  static final Response REFUSED = new Response(true, false, new byte[0]);

  Response with(byte[] other) {
    return new Response(refused, v2, other);
  }
}
