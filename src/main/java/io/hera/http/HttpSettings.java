package io.hera.http;

import io.hera.wire.EurekaMode;
import io.hera.wire.UiMode;
import java.util.OptionalInt;

/**
 * The settings of a server that are fixed when it binds its port.
 *
 * @param host address to listen on
 * @param port 0 for any free one
 * @param clearPort where it also serves without TLS, whatever the access rules say, while the cluster switches over; empty if nowhere
 * @param requestLineBytesMax longer request lines get 414
 * @param headerBytesMax larger header sections get 431
 * @param metrics whether requests are counted, and the counts can be read
 * @param ui whether the page for browsers is served
 * @param eureka whether clients of Eureka are served
 * @param partingMillis so long, each reply of a server that stops asks its client to close the connection
 */
public record HttpSettings(
    String host,
    int port,
    OptionalInt clearPort,
    int requestLineBytesMax,
    int headerBytesMax,
    boolean metrics,
    UiMode ui,
    EurekaMode eureka,
    long partingMillis) {
  /** Clients that send a request each 300 ms lose none. */
  public static final long PARTING_MILLIS = 300;

  /** Settings of a server with one port, clients of Eureka and its page for browsers. */
  public HttpSettings(
      String host, int port, int requestLineBytesMax, int headerBytesMax, boolean metrics) {
    this(
        host,
        port,
        OptionalInt.empty(),
        requestLineBytesMax,
        headerBytesMax,
        metrics,
        UiMode.TRUE,
        new EurekaMode.On(),
        PARTING_MILLIS);
  }
}
