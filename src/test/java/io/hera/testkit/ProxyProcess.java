package io.hera.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A proxy that runs until it is closed. */
public final class ProxyProcess implements AutoCloseable {
  /** A program, which a package of Debian with the same name has. */
  public enum Proxy {
    NGINX("nginx"),
    HAPROXY("haproxy");

    private final String program;

    Proxy(String program) {
      this.program = program;
    }

    private boolean isInstalled() {
      return Stream.concat(Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin"))
          .anyMatch(place -> Path.of(place, program).toFile().canExecute());
    }
  }

  private static final String NGINX = """
      user root;
      worker_processes 1;
      pid FOLDER/nginx.pid;
      error_log FOLDER/error.log;
      events {}
      http {
        access_log off;
        client_body_temp_path FOLDER/body;
        proxy_temp_path FOLDER/proxy;
        fastcgi_temp_path FOLDER/fastcgi;
        uwsgi_temp_path FOLDER/uwsgi;
        scgi_temp_path FOLDER/scgi;
        include FOLDER/hera.conf;
      }
      """;

  private final Process process;

  private ProxyProcess(Process process) {
    this.process = process;
  }

  /** Starts a proxy with this configuration; skips the test if the program is missing. */
  public static ProxyProcess start(Proxy proxy, Path folder, String configuration)
      throws IOException {
    assumeTrue(
        proxy.isInstalled(), proxy.program + " is missing: scripts/test --install installs it");
    Path file = Files.writeString(folder.resolve("hera.conf"), configuration);
    ProcessBuilder command = new ProcessBuilder(
        switch (proxy) {
          case NGINX -> nginx(folder);
          case HAPROXY -> List.of("haproxy", "-db", "-f", file.toString());
        });
    command.environment().merge("PATH", "/usr/sbin", (path, sbin) -> path + ":" + sbin);
    return new ProxyProcess(command
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out.txt").toFile())
        .start());
  }

  private static List<String> nginx(Path folder) throws IOException {
    Path main =
        Files.writeString(folder.resolve("main.conf"), NGINX.replace("FOLDER", folder.toString()));
    String errors = folder.resolve("error.log").toString();
    return List.of(
        "nginx", "-p", folder.toString(), "-e", errors, "-c", main.toString(), "-g", "daemon off;");
  }

  /** Returns the command that checks the files of an nginx in this folder, and has it load them. */
  public static String reload(Path folder) {
    String nginx =
        "nginx -p F -e F/error.log -c F/main.conf -g 'daemon off;'".replace("F", folder.toString());
    return "PATH=$PATH:/usr/sbin; " + nginx + " -t -q && " + nginx + " -s reload";
  }

  /** Waits until a GET of this target answers 200. */
  public ProxyProcess awaitOk(int port, String target) {
    Eventually.passes(
        () -> assertThat(Http.send("GET", port, target, "").statusCode()).isEqualTo(200));
    return this;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
