package io.hera.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.DrivenBrowser;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Runs the tests of the page's modules, {@code src/test/ui}, in a real browser: each of them is a test here. */
@Timeout(120)
class UiUnitsIT {
  private static final Path TESTS = Path.of("src/test/ui");
  private static final String RUN = """
      const done = arguments[arguments.length - 1];
      import(arguments[0])
        .then(() => import('/test/harness.js'))
        .then((harness) => harness.runAll())
        .then(done, (error) => done([{ name: arguments[0], error: String(error) }]));
      """;

  @TestFactory
  List<DynamicTest> modules() {
    Vertx vertx = Vertx.vertx();
    HttpServer server = vertx
        .createHttpServer()
        .requestHandler(UiUnitsIT::serve)
        .listen(0, "127.0.0.1")
        .await();
    try (DrivenBrowser browser = DrivenBrowser.start()) {
      browser.open("http://127.0.0.1:" + server.actualPort() + "/");
      return tests().flatMap(file -> run(browser, file)).toList();
    } finally {
      vertx.close().await();
    }
  }

  private static Stream<String> tests() {
    try (Stream<Path> files = Files.list(TESTS)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".test.js"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<DynamicTest> run(DrivenBrowser browser, String file) {
    List<?> results = (List<?>) browser.asyncScript(RUN, "/test/" + file);
    assertThat(results).as(file).isNotEmpty();
    return results.stream().map(result -> (Map<?, ?>) result).map(result -> {
      String error = String.valueOf(result.get("error"));
      return DynamicTest.dynamicTest(
          file + ": " + result.get("name"), () -> assertThat(error).isEmpty());
    });
  }

  private static void serve(HttpServerRequest request) {
    String path = request.path();
    Buffer body = path.startsWith("/ui/")
        ? resource("/io/hera/http/ui/files/" + path.substring(4))
        : path.startsWith("/test/")
            ? file(path.substring(6))
            : Buffer.buffer("<title>units</title>");
    request
        .response()
        .putHeader("Content-Type", path.endsWith(".js") ? "text/javascript" : "text/html")
        .end(body);
  }

  private static Buffer resource(String name) {
    try (InputStream in = UiUnitsIT.class.getResourceAsStream(name)) {
      return in == null ? Buffer.buffer() : Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Buffer file(String name) {
    try {
      return Buffer.buffer(Files.readAllBytes(TESTS.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
