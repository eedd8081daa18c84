package io.hera.bench.steady;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A client that renews one instance of its own on a connection of its own, each 5 ms. An answer is
 * timed from the moment at which its request was due, so one stall counts for all requests that it
 * delays.
 */
final class Neighbour implements AutoCloseable {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  /** How long the last request may take when the measurement is over. */
  private static final int PATIENCE_MILLIS = 5_000;

  private static final String DOCUMENT = "{\"host\":\"10.0.0.1\",\"port\":80}";
  private static final byte[] PUT =
      "PUT /neighbour/1?ttl=1h HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: %d\r\n\r\n%s"
          .formatted(DOCUMENT.length(), DOCUMENT)
          .getBytes(StandardCharsets.US_ASCII);

  private final Socket socket;
  private final InputStream input;
  private final Histogram micros = new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
  private final Thread thread = new Thread(this::renew, "neighbour");
  private volatile boolean stopped;
  private volatile String failure = "";

  /** Registers the instance. */
  Neighbour(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      input = new BufferedInputStream(socket.getInputStream());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    thread.setDaemon(true);
  }

  /** Renews as fast as possible, until the node's code for it is compiled. */
  void warmUp(long millis) throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (System.nanoTime() < end) {
      put();
    }
  }

  /** Begins to renew and to time. */
  void begin() {
    thread.start();
  }

  /** Stops, and returns the times in microseconds. */
  Histogram stop() throws IOException {
    stopped = true;
    try {
      thread.join(PATIENCE_MILLIS);
      socket.close();
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    return micros;
  }

  /** Returns why it could not renew; empty if it could. */
  String failure() {
    return failure;
  }

  private void renew() {
    long due = System.nanoTime();
    try {
      while (!stopped) {
        for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
          LockSupport.parkNanos(early);
        }
        put();
        micros.recordValue((System.nanoTime() - due) / 1_000);
        due += PERIOD_NANOS;
      }
    } catch (IOException failed) {
      micros.recordValue((System.nanoTime() - due) / 1_000);
      failure = "a neighbour's PUT failed: " + failed.getMessage();
    }
  }

  private void put() throws IOException {
    socket.getOutputStream().write(PUT);
    String status = line();
    if (!status.startsWith("HTTP/1.1 204 ")) {
      throw new IOException("it was answered with " + status);
    }
    while (!line().isEmpty()) {} // the head
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = input.read(); next != '\n'; next = input.read()) {
      if (next < 0) {
        throw new IOException("the node closed the connection");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
