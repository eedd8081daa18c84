package io.hera.cli.keep;

import io.hera.wire.Address;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.util.Comparator;
import java.util.List;

/** Looks whether a process serves: its port takes connections, or a GET is answered with 2xx or 3xx. */
interface ServingCheck {
  /** Most time for a connection, and for each part of an answer. */
  int MILLIS_MAX = 1_000;

  /**
   * Returns the check that was typed.
   *
   * @throws IllegalArgumentException if it is not one of these
   */
  static ServingCheck of(String text, int port) {
    if (text.equals("tcp")) {
      return new Port(port);
    }
    if (text.startsWith("/")) {
      return new Page(port, text);
    }
    if (text.matches("https?://[^/]+.*")) {
      return new Url(URI.create(text));
    }
    throw new IllegalArgumentException(
        "--check: " + text + " is not tcp, a path such as /health, or a URL");
  }

  /** Tries once; the message of the exception is the predicate of a sentence. */
  void run() throws IOException;

  /** A port of this machine takes connections, at any of its addresses. */
  record Port(int number) implements ServingCheck {
    private static final Comparator<InetAddress> LOOPBACK_FIRST =
        Comparator.comparing(address -> !address.isLoopbackAddress());

    @Override
    public void run() throws IOException {
      address();
    }

    /** Returns the first address at which it takes connections. */
    InetAddress address() throws IOException {
      for (InetAddress address : addresses()) {
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
          socket.connect(new InetSocketAddress(address, number), MILLIS_MAX);
          return address;
        } catch (IOException next) {
          // Another address may be the one.
        }
      }
      throw new IOException("port " + number + " takes no connections");
    }

    private static List<InetAddress> addresses() throws IOException {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLinkLocalAddress())
          .sorted(LOOPBACK_FIRST)
          .toList();
    }
  }

  /** A path at a port of this machine is answered. */
  record Page(int port, String path) implements ServingCheck {
    @Override
    public void run() throws IOException {
      InetAddress address = new Port(port).address();
      get(new URL("http", Address.withBrackets(address.getHostAddress()), port, path), path);
    }
  }

  /** A URL is answered. */
  record Url(URI url) implements ServingCheck {
    @Override
    public void run() throws IOException {
      get(url.toURL(), url.toString());
    }
  }

  private static void get(URL url, String name) throws IOException {
    HttpURLConnection http = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
    http.setConnectTimeout(MILLIS_MAX);
    http.setReadTimeout(MILLIS_MAX);
    http.setInstanceFollowRedirects(false);
    http.setUseCaches(false);
    try {
      int status = http.getResponseCode();
      if (status < 200 || status > 399) {
        throw new IOException(name + " answers " + status);
      }
    } finally {
      http.disconnect();
    }
  }
}
