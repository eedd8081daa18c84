package io.hera.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/** A connection to a node that is written and read byte by byte. Text is sent as ISO-8859-1. */
public final class Line implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private int leftInChunk;
  private int chunks;
  /** Method and target of the requests that were sent whole and are not answered yet. */
  private final Queue<String[]> asked = new ArrayDeque<>();

  /** Connects to a port of loopback. */
  public Line(int port) {
    this(port, new Socket());
  }

  /** Connects with room for little that was sent and is not read yet. */
  public static Line narrow(int port) {
    try {
      Socket socket = new Socket();
      socket.setReceiveBufferSize(4 << 10);
      return new Line(port, socket);
    } catch (SocketException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Line(int port, Socket socket) {
    this.socket = socket;
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout(20_000);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Returns a request with a Host header, and a Content-Length if the method has a body. */
  public static byte[] request(String method, String target, byte[] body, String... headers) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: hera\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    if (body.length > 0 || method.equals("PUT")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body);
    return request.toByteArray();
  }

  /** Sends text as it is. */
  public Line write(byte[] bytes) {
    String first =
        new String(bytes, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
    if (first.matches("[A-Z]+ \\S+ HTTP/1.1")) {
      asked.add(first.split(" ", -1));
    }
    try {
      socket.getOutputStream().write(bytes);
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public Line write(String text) {
    return write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends a request and reads its answer. */
  public Reply send(String method, String target, String body, String... headers) {
    write(request(method, target, body.getBytes(StandardCharsets.UTF_8), headers));
    return read(method);
  }

  /** Closes the sending half of the connection. */
  public Line finish() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Reads one answer; whether it has a body depends on the method. Answers other than interim ones
   * are checked for the headers that all must have, and against the description of the API.
   */
  public Reply read(String method) {
    Reply reply = readAny(method);
    if (reply.status() < 200) {
      return reply;
    }
    String[] request = asked.poll();
    if (request != null) {
      Contract.check(request[0], request[1], reply);
    }
    return reply.checked();
  }

  /** Reads one answer without checking it. */
  public Reply readAny(String method) {
    try {
      String[] lines = head().split("\r\n", -1);
      Map<String, String> headers = new TreeMap<>();
      Arrays.stream(lines)
          .skip(1)
          .filter(line -> !line.isEmpty())
          .map(line -> line.split(": ?", 2))
          .forEach(line -> headers.merge(
              line[0].toLowerCase(Locale.ROOT), line[1], (one, next) -> one + ", " + next));
      byte[] body = method.equals("HEAD") ? new byte[0] : body(headers);
      return new Reply(Integer.parseInt(lines[0].substring(9, 12)), headers, body);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Reads the head of one answer, without checking it; its body is left to be read. */
  public Reply readHead() {
    return readAny("HEAD");
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if (!headers.containsKey("transfer-encoding")) {
      return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunk(); size > 0; size = chunk()) {
      body.write(bytes(size));
      bytes(2);
    }
    bytes(2);
    return body.toByteArray();
  }

  /** Reads the next line of a body in chunks. */
  public String chunkedLine() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int next = chunkedByte(); next != '\n'; next = chunkedByte()) {
        line.write(next);
      }
      return line.toString(StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private int chunkedByte() throws IOException {
    if (leftInChunk == 0) {
      leftInChunk = chunk();
    }
    int next = next();
    leftInChunk--;
    if (leftInChunk == 0) {
      bytes(2);
    }
    return next;
  }

  /** Returns how many chunks of bodies have begun: each is one write of the node. */
  public int chunks() {
    return chunks;
  }

  /** Reads the size of the next chunk. */
  private int chunk() throws IOException {
    chunks++;
    StringBuilder size = new StringBuilder();
    for (int next = next(); next != '\n'; next = next()) {
      size.append((char) next);
    }
    return Integer.parseInt(size.toString().strip(), 16);
  }

  private int next() throws IOException {
    return bytes(1)[0] & 0xff;
  }

  /** Reads so many bytes; fails if the connection ends before. */
  private byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the connection ended within a body in chunks");
    }
    return bytes;
  }

  /** Reads everything until the node closes the connection in order. */
  public String rest() {
    try {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int ends = 0;
    while (ends < 4) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection ended after: " + head);
      }
      head.write(next);
      ends = next == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : next == '\r' ? 1 : 0;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
