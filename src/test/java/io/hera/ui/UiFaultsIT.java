package io.hera.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.Node;
import io.hera.config.Config;
import io.hera.config.PageSettings;
import io.hera.config.Settings;
import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Nodes;
import io.hera.testkit.Ports;
import io.hera.testkit.ServedNode;
import io.hera.testkit.Tokens;
import io.hera.wire.UiMode;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The page where something is not as usual: hostile documents, no node, no permission, a proxy, an origin that browsers do not trust. */
@Timeout(120)
class UiFaultsIT {
  private static PageUser user;

  @BeforeAll
  static void start() {
    user = PageUser.start();
  }

  @AfterAll
  static void stop() {
    if (user != null) {
      user.close();
    }
  }

  @AfterEach
  void isContent() {
    user.isContent();
  }

  @Test
  void markupInNamesAndDocumentsIsText() {
    try (ServedNode node = ServedNode.ready()) {
      String markup = "<img src=x onerror=document.title='owned'>";
      node.register(
          "/hostile/%3Cimg%20src=x%20onerror=alert(1)%3E",
          "{\"host\":\"" + markup + "\",\"zone\":\"a\\u202Eb\"}");
      node.register(
          "/hostile/2", "{\"url\":\"javascript:alert(1)\",\"n\":123456789012345678901234567890}");

      user.open(node.port(), "#/s/hostile");
      user.sees(
          "#instances",
          markup,
          "<img src=x onerror=alert(1)>",
          "a\\u202Eb",
          "123456789012345678901234567890");
      assertThat(user.browser.all("main img")).isEmpty();
      assertThat(user.browser.all("a[href^='javascript']")).isEmpty();
      assertThat(user.browser.script("return document.title")).isEqualTo("hostile – Hera");
      user.open(node.port(), "#/i/hostile/2");
      user.sees("pre", "javascript:alert(1)");
      assertThat(user.browser.all("a.out")).isEmpty();
    }
  }

  @Test
  void anOriginThatBrowsersDoNotTrustIsEnough() {
    try (Nodes nodes = new Nodes()) {
      int port = Ports.free();
      nodes.start(Nodes.config("a", Map.of("a", port), Duration.ofMinutes(5))
          .with(Settings.HOSTS, List.of("hera.test")));

      user.openAt("http://hera.test:" + port + "/", "");
      user.sees("header", "live");

      assertThat(user.browser.address()).isEqualTo("http://hera.test:" + port + "/_ui/");
      assertThat(user.browser.script("return isSecureContext")).isEqualTo(false);
      user.clicks(".box button");
      user.sees(".toast", "Copied the command");
    }
  }

  @Test
  void aNodeThatIsGoneIsSaidAndFoundAgain() {
    int port = Ports.free();
    Config config = Nodes.config("a", Map.of("a", port), Duration.ofMinutes(5));
    try (Nodes nodes = new Nodes()) {
      Node node = Node.start(nodes.vertx(), config).await();
      user.open(port, "");
      user.sees("header", "live");

      node.stop().await();
      user.sees(
          ".banner", "Connection lost at", "This is how things stood then", "Trying again in");
      nodes.start(config);

      user.sees("header", "live");
      assertThat(user.browser.text(".banner")).isEmpty();
    }
  }

  @Test
  void aNodeThatHasJustStartedSaysSo() {
    try (ServedNode node = ServedNode.recovering()) {
      user.open(node.port(), "");

      user.sees(".banner", "has just started");
    }
  }

  @Test
  void aNodeWithoutInstancesSaysHowToRegisterOne() {
    try (ServedNode node = ServedNode.ready()) {
      user.open(node.port(), "");

      user.sees(
          ".box",
          "No instance is registered",
          "curl -X PUT",
          ":" + node.port() + "/storage/1f11bbbb");
    }
  }

  @Test
  void aUserIsAskedForTheTokenAndItIsInNoAddress() {
    try (ServedNode node = ServedNode.ready()) {
      node.register("/billing/1", "{}");
      node.access.set(Tokens.rules(Tokens.FILE));
      user.open(node.port(), "");
      user.sees("dialog", "Who are you?");

      user.browser.find("dialog input[name=token]").sendKeys(Tokens.OPERATOR, Keys.ENTER);

      user.sees("#services", "billing");
      assertThat(user.browser.address()).doesNotContain("hera_");
      assertThat(user.browser.script("return JSON.stringify(localStorage) + document.cookie"))
          .isEqualTo("{}");
      user.browser.reload();
      user.sees("#services", "billing");
      user.clicksButton("Sign out");
      user.sees("dialog", "Who are you?");
    }
  }

  @Test
  void theReadOnlyPageOffersNothingThatChangesAnInstance() {
    try (Nodes nodes = new Nodes()) {
      int port = Ports.free();
      nodes.start(Nodes.config("a", Map.of("a", port), Duration.ofMinutes(5))
          .with(PageSettings.UI, UiMode.READ_ONLY));
      Eventually.holds(() -> Http.put(port, "/s/1", "{}") == 204);

      user.open(port, "#/i/s/1");
      user.sees("header", "read-only");
      user.sees("pre", "{}");
      assertThat(user.browser.text("main")).doesNotContain("Deregister", "Drain");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/hera", "/a/b/c"})
  void thePageWorksBehindAProxyUnderAnyPath(String prefix) {
    try (ServedNode node = ServedNode.ready();
        Nodes around = new Nodes()) {
      node.register("/storage/1", "{\"host\":\"h\"}");
      HttpClient client = around.vertx().createHttpClient();
      HttpServer proxy = around
          .vertx()
          .createHttpServer()
          .requestHandler(request -> pass(request, client, node.port(), prefix))
          .listen(0, "127.0.0.1")
          .await();

      user.openAt("http://127.0.0.1:" + proxy.actualPort() + prefix + "/_ui/", "#/s/storage");

      user.sees("#instances", "1", "h");
      user.sees("header", "live");
    }
  }

  private static void pass(HttpServerRequest request, HttpClient client, int port, String prefix) {
    if (!request.uri().startsWith(prefix)) {
      request.response().setStatusCode(404).end();
      return;
    }
    client
        .request(request.method(), port, "127.0.0.1", request.uri().substring(prefix.length()))
        .compose(out -> {
          request.headers().forEach(header -> {
            if (!header.getKey().equalsIgnoreCase("host")) {
              out.putHeader(header.getKey(), header.getValue());
            }
          });
          return out.send();
        })
        .onSuccess(in -> {
          request.response().setStatusCode(in.statusCode()).setChunked(true);
          in.headers()
              .remove("content-length")
              .forEach(header -> request.response().putHeader(header.getKey(), header.getValue()));
          in.pipeTo(request.response());
        })
        .onFailure(gone -> request.response().reset());
  }
}
