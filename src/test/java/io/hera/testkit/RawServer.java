package io.hera.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server on loopback that answers requests without a body by bytes that it does not interpret.
 */
public final class RawServer implements AutoCloseable {
  private final ServerSocket server;
  private final Script script;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final List<String> heads = new CopyOnWriteArrayList<>();

  /** Gives the answers; called on the thread of the connection. */
  @FunctionalInterface
  public interface Script {
    /**
     * Returns the answer to a request, head and body; empty for none, ever.
     *
     * @param head the request, with its line breaks
     */
    Optional<byte[]> answer(String head) throws Exception;
  }

  public RawServer(int port, Script script) {
    this.script = script;
    try {
      server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    start("accept", this::accept);
  }

  /** Returns the heads of all requests so far. */
  public List<String> heads() {
    return List.copyOf(heads);
  }

  /** Returns the target in the head of a request. */
  public static String target(String head) {
    return head.split(" ", 3)[1];
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void start(String name, Work work) {
    Thread thread = new Thread(
        () -> {
          try {
            work.run();
          } catch (IOException closed) {
            // The client or the test has closed it.
          } catch (Exception defect) {
            throw new IllegalStateException(defect);
          }
        },
        name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket connection = server.accept();
      connections.add(connection);
      start("answer", () -> serve(connection));
    }
  }

  private void serve(Socket connection) throws Exception {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      for (Optional<String> head = head(in); head.isPresent(); head = head(in)) {
        heads.add(head.get());
        Optional<byte[]> answer = script.answer(head.get());
        if (answer.isPresent()) {
          connection.getOutputStream().write(answer.get());
        }
      }
    } finally {
      connections.remove(connection);
    }
  }

  /** Reads a request's head; empty at the end of the connection. */
  private static Optional<String> head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.write(next);
      String text = head.toString(StandardCharsets.ISO_8859_1);
      if (next == '\n' && text.endsWith("\r\n\r\n")) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
