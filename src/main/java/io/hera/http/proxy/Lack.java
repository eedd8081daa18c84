package io.hera.http.proxy;

/** Why an instance or a service is left out of what proxies read. */
enum Lack {
  /** The document has no valid host. */
  NO_ADDRESS,
  /** The document has no valid port. */
  NO_PORT,
  /** The document does not have another member that the line names. */
  NO_VALUE,
  /** A value has characters that could mean something to a proxy. */
  BAD_VALUE,
  /** Another service has the same key. */
  AMBIGUOUS,
  /** There is no room for it. */
  TOO_MANY
}
