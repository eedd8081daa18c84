package io.hera.http;

/**
 * The limits of a server that change while it runs.
 *
 * @param documentBytesMax larger documents get 413
 * @param documentDepthMax deeper documents get 400
 * @param batchBytesMax larger bodies with many instances get 413
 * @param bodyTimeoutMillis slower bodies get 408
 * @param idleTimeoutMillis time after which a connection without an exchange is closed
 * @param connectionsMax further connections are closed at once
 */
public record HttpLimits(
    int documentBytesMax,
    int documentDepthMax,
    int batchBytesMax,
    long bodyTimeoutMillis,
    long idleTimeoutMillis,
    int connectionsMax) {}
