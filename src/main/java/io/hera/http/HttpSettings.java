package io.hera.http;

/**
 * What the server is to be like.
 *
 * @param host bind address
 * @param port 0 for any free one
 * @param requestLineBytesMax longer ones get 414
 * @param headerBytesMax more get 431
 * @param documentBytesMax larger ones get 413
 * @param documentDepthMax deeper ones get 400
 * @param batchBytesMax larger bodies for many instances get 413
 * @param bodyTimeoutMillis slower bodies get 408
 * @param idleTimeoutMillis after which a connection on which nothing happens is closed
 * @param metrics whether requests are counted, and the counts can be read
 */
public record HttpSettings(
    String host,
    int port,
    int requestLineBytesMax,
    int headerBytesMax,
    int documentBytesMax,
    int documentDepthMax,
    int batchBytesMax,
    long bodyTimeoutMillis,
    long idleTimeoutMillis,
    boolean metrics) {}
