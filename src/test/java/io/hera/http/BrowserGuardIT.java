package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hera.testkit.Browser;
import io.hera.testkit.ServedNode;
import io.hera.wire.WebOrigin;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What pages can do to a node from within a real browser. One page tries everything that a page can, and reports the results to the
 * server that it comes from. That server passes all other requests on to the node as they came: to the node that looks as if the
 * server's name had begun to resolve to the node's address, whether by a proxy or by DNS rebinding.
 */
@Timeout(120)
class BrowserGuardIT {
  private static final String PAGE = """
      <!doctype html><meta charset="utf-8"><title>page</title>
      <form method="post" enctype="text/plain" target="frame"><input type="hidden"></form>
      <iframe name="frame"></iframe>
      <script type="module">
        const node = new URLSearchParams(location.search).get("node") ?? "";
        const results = {};
        const attempt = async (name, action) => {
          try {
            results[name] = await action();
          } catch (failure) {
            results[name] = "failed";
          }
        };
        const read = async (response) => response.type + " " + response.status + " " + (await response.text());
        const batch = (id) => JSON.stringify({ written: { [id]: {} } });

        await attempt("get", () => fetch(node + "/seen").then(read));
        await attempt("tag", async () => (await fetch(node + "/seen")).headers.get("ETag"));
        await attempt("image", () => fetch(node + "/seen", { mode: "no-cors" }).then(read));
        await attempt("put", () => fetch(node + "/written/put", { method: "PUT", body: "{}" }).then(read));
        await attempt("batch", () =>
          fetch(node + "/_batch", { method: "POST", mode: "no-cors", body: batch("batch") }).then(read));
        await attempt("events", () => new Promise((done) => {
          const events = new EventSource(node + "/seen");
          events.addEventListener("snapshot", (event) => { events.close(); done(event.data); });
          events.onerror = () => { events.close(); done("failed"); };
        }));
        await attempt("form", () => new Promise((done) => {
          const [before, after] = batch("form").split("{}");
          const form = document.forms[0];
          form.action = node + "/_batch";
          form[0].name = before + '{"a":"';
          form[0].value = '"}' + after;
          document.querySelector("iframe").onload = () => done("sent");
          form.submit();
        }));
        await fetch("/report", { method: "POST", body: JSON.stringify(results) });
      </script>
      """;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = vertx.createHttpClient();
  private final BlockingQueue<JsonObject> reports = new LinkedBlockingQueue<>();
  private final ServedNode node = ServedNode.ready();
  private final List<Browser> browsers = new ArrayList<>();
  private int site;

  @TempDir
  private Path folder;

  @BeforeAll
  static void needsABrowser() {
    assumeTrue(Browser.isInstalled(), "chromium is missing: scripts/test --install installs it");
  }

  @BeforeEach
  void start() {
    node.register("/seen/1", "{}");
    site = vertx
        .createHttpServer()
        .requestHandler(this::serve)
        .listen(0, "127.0.0.1")
        .await()
        .actualPort();
  }

  @AfterEach
  void stop() {
    browsers.forEach(Browser::close);
    vertx.close().await();
    node.close();
  }

  private void serve(HttpServerRequest request) {
    switch (request.path()) {
      case "/page" -> request.response().putHeader("content-type", "text/html").end(PAGE);
      case "/report" ->
        request.body().onSuccess(body -> {
          reports.add(body.toJsonObject());
          request.response().end();
        });
      default -> passOn(request);
    }
  }

  private void passOn(HttpServerRequest request) {
    RequestOptions there = new RequestOptions()
        .setHost("127.0.0.1")
        .setPort(node.port())
        .setMethod(request.method())
        .setURI(request.uri())
        .setHeaders(request.headers());
    request
        .body()
        .compose(body -> client.request(there).compose(asked -> asked.send(body)))
        .compose(answer -> {
          request.response().setStatusCode(answer.statusCode());
          request.response().headers().setAll(answer.headers());
          return answer.pipeTo(request.response());
        })
        .onFailure(failure -> request.connection().close());
  }

  /** Opens the page from the server by this host; names of the domain example lead to this machine. */
  private void open(String host, String query) {
    browsers.add(Browser.open(
        folder,
        "http://" + host + ":" + site + "/page" + query,
        "--host-resolver-rules=MAP *.example 127.0.0.1"));
  }

  private Map<String, Object> report() throws InterruptedException {
    return Objects.requireNonNull(reports.poll(60, TimeUnit.SECONDS), "no report")
        .getMap();
  }

  /** Chromium asks again, on another connection, after a 421. */
  private void allAreRefused(String type, int attempts) {
    JsonObject refused = node.status().getJsonObject("refused").getJsonObject("requests");
    assertThat(refused.fieldNames()).containsExactly(type);
    assertThat(refused.getLong(type)).isGreaterThanOrEqualTo(attempts);
    assertThat(node.document("/written")).isEqualTo("{}");
    assertThat(node.document("/seen")).isEqualTo("{\"1\":{}}");
  }

  private void allAreServed() {
    assertThat(node.document("/written"))
        .isEqualTo("{\"batch\":{},\"form\":{\"a\":\"=\"},\"put\":{}}");
    assertThat(node.status().getJsonObject("refused").getJsonObject("requests")).isEmpty();
  }

  @Test
  void aPageOfAnotherOriginCanNeitherReadNorWrite() throws InterruptedException {
    open("127.0.0.1", "?node=http://127.0.0.1:" + node.port());

    assertThat(report())
        .hasSize(7)
        .allSatisfy((name, result) -> assertThat(result).isIn("failed", "sent"));
    allAreRefused("cross-origin", 6);
  }

  /** Each request is of the page's own origin; only the name of the host gives the page away. */
  @Test
  void aPageWhoseNameBeginsToResolveToTheNodeCanNeitherReadNorWrite() throws InterruptedException {
    open("rebinding.example", "");

    Map<String, Object> results = report();
    assertThat(results).containsEntry("events", "failed").containsEntry("tag", null);
    assertThat(List.of("get", "image", "put", "batch"))
        .allSatisfy(name -> assertThat(results.get(name))
            .asString()
            .startsWith("basic 421 ")
            .contains("urn:hera:problem:unknown-host"));
    allAreRefused("unknown-host", 7);
  }

  @Test
  void aPageThatAsksTheNodeByANameOfItsOwnCanNeitherReadNorWrite() throws InterruptedException {
    open("a.example", "?node=http://b.example:" + node.port());

    assertThat(report())
        .hasSize(7)
        .allSatisfy((name, result) -> assertThat(result).isIn("failed", "sent"));
    allAreRefused("unknown-host", 7);
  }

  @Test
  void aPageOfTheNodesOwnOriginReadsAndWrites() throws InterruptedException {
    open("localhost", "");

    Map<String, Object> results = report();
    assertThat(results)
        .containsEntry("get", "basic 200 {\"1\":{}}")
        .containsEntry("image", "basic 200 {\"1\":{}}")
        .containsEntry("put", "basic 204 ")
        .containsEntry("batch", "basic 200 {\"errors\":{}}")
        .containsEntry("events", "{\"1\":{}}");
    allAreServed();
  }

  @Test
  void aPageOfAnAllowedOriginReadsAndWrites() throws InterruptedException {
    node.guard.set(BrowserRules.of(List.of(), List.of(new WebOrigin("http", "127.0.0.1", site))));
    open("127.0.0.1", "?node=http://127.0.0.1:" + node.port());

    Map<String, Object> results = report();
    assertThat(results)
        .containsEntry("get", "cors 200 {\"1\":{}}")
        .containsEntry("put", "cors 204 ")
        .containsEntry("batch", "opaque 0 ")
        .containsEntry("events", "{\"1\":{}}");
    assertThat(results.get("tag")).asString().startsWith("W/");
    allAreServed();
  }
}
