package io.hera.http;

/**
 * The settings of a server that are fixed when it binds its port.
 *
 * @param host address to listen on
 * @param port 0 for any free one
 * @param requestLineBytesMax longer request lines get 414
 * @param headerBytesMax larger header sections get 431
 * @param metrics whether requests are counted, and the counts can be read
 */
public record HttpSettings(
    String host, int port, int requestLineBytesMax, int headerBytesMax, boolean metrics) {}
