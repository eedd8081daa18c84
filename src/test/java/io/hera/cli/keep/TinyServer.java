package io.hera.cli.keep;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server that is run as an instance: answers each request with 200. It ends by itself after two minutes. */
public final class TinyServer {
  private TinyServer() {}

  /** Serves at the port that is the argument, of the loopback. */
  public static void main(String[] arguments) throws Exception {
    HttpServer server = HttpServer.create(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 0);
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    server.start();
    new CountDownLatch(1).await(2, TimeUnit.MINUTES);
    System.exit(1);
  }

  /** Returns the command line that serves at a port. */
  static List<String> command(int port) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-Xmx64m",
        "-cp",
        Path.of(TinyServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath())
            .toString(),
        TinyServer.class.getName(),
        Integer.toString(port));
  }
}
