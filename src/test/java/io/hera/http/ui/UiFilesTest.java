package io.hera.http.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.http.BrowserRules;
import io.hera.http.HttpSettings;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.Tokens;
import io.hera.wire.EurekaMode;
import io.hera.wire.UiMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the page for browsers, as a node serves them. */
class UiFilesTest {
  private static final String HTML_FIRST =
      "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
  private static final String BROWSER =
      "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0";

  @AutoClose
  private static final ServedNode node = ServedNode.ready();

  private static ServedNode with(UiMode mode) {
    return ServedNode.ready(new HttpSettings(
        "127.0.0.1",
        0,
        OptionalInt.empty(),
        64 << 10,
        16 << 10,
        true,
        mode,
        new EurekaMode.Off(),
        1));
  }

  /** Asks as a browser does into whose address line the target is typed. */
  private static Reply browse(ServedNode node, String target) {
    node.guard.set(BrowserRules.of(List.of("hera"), List.of()));
    return node.get(target, HTML_FIRST, BROWSER);
  }

  private static String asset(ServedNode node, String file) {
    Matcher address =
        Pattern.compile("a/[0-9a-f]{12}/").matcher(node.get("/_ui/").body());
    assertThat(address.find()).isTrue();
    return "/_ui/" + address.group() + file;
  }

  @Test
  void theIndexIsAskedForEachTimeAndSaysWhatThePageMayDo() {
    Reply reply = node.get("/_ui/");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(reply.header("cache-control")).isEqualTo("no-cache");
    assertThat(reply.header("content-security-policy"))
        .startsWith("default-src 'none'; script-src 'self';")
        .contains("require-trusted-types-for 'script'; trusted-types lit-html hera")
        .doesNotContain("unsafe");
    assertThat(reply.header("referrer-policy")).isEqualTo("no-referrer");
    assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(reply.header("cross-origin-resource-policy")).isEqualTo("same-origin");
    assertThat(reply.body()).contains("data-mode=\"full\"").doesNotContain("HASH");
  }

  @Test
  void anIndexThatABrowserHasIsNotSentAgain() {
    String etag = node.get("/_ui/").header("etag");

    assertThat(etag).matches("\"[0-9a-f]{12}-T\"");
    assertThat(node.get("/_ui/", "If-None-Match: " + etag).status()).isEqualTo(304);
    assertThat(node.get("/_ui/", "If-None-Match: W/" + etag).status()).isEqualTo(304);
    assertThat(node.get("/_ui/", "If-None-Match: \"other\"").status()).isEqualTo(200);
    assertThat(
            node.get("/_ui/", "If-None-Match: " + etag, "Accept-Encoding: gzip").status())
        .as("the other coding has other bytes")
        .isEqualTo(200);
  }

  @Test
  void theIndexAtTheAddressWithoutASlashIsBehindARelativeRedirect() {
    Reply reply = node.get("/_ui");

    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("location")).isEqualTo("_ui/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"main.js", "core/store.js", "lib/directives/repeat.js"})
  void aFileIsKeptForeverByItsAddress(String file) {
    Reply reply = node.get(asset(node, file));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(reply.header("cache-control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(reply.header("content-security-policy")).contains("script-src 'self'");
  }

  @Test
  void allThatTheIndexNamesIsThere() {
    List<String> named = Pattern.compile("(?:href|src)=\"(a/[^\"]+)\"")
        .matcher(node.get("/_ui/").body())
        .results()
        .map(result -> result.group(1))
        .toList();

    assertThat(named)
        .hasSizeGreaterThan(5)
        .allSatisfy(address ->
            assertThat(node.get("/_ui/" + address).status()).as(address).isEqualTo(200));
  }

  @Test
  void aFileIsCompressedForThoseWhoTakeGzip() throws IOException {
    String path = asset(node, "lib/lit-html.js");
    Reply plain = node.get(path);

    Reply gzip = node.get(path, "Accept-Encoding: gzip, deflate, br");

    assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
    assertThat(gzip.header("vary")).contains("accept-encoding");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.bytes())).readAllBytes())
        .isEqualTo(plain.bytes());
    assertThat(gzip.bytes().length).isLessThan(plain.bytes().length / 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"main.js", "lib/lit-html.js"})
  void aHeadSaysWhatAGetWouldAnswer(String file) {
    String path = asset(node, file);

    Reply head = node.send("HEAD", path, "");

    assertThat(head.bytes()).isEmpty();
    assertThat(head.header("content-length"))
        .isEqualTo(Integer.toString(node.get(path).bytes().length));
    assertThat(head.header("cache-control")).contains("immutable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/_ui/a/000000000000/main.js",
        "/_ui/a/main.js",
        "/_ui/a/HASH/none.js",
        "/_ui/a/HASH/index.html",
        "/_ui/a/HASH/core/../main.js",
        "/_ui/a/HASH/lib/directives/..%2flit-html.js",
        "/_ui/a/HASH/core/",
        "/_ui/none"
      })
  void aFileOfAnotherVersionOrNoneIsNotThere(String path) {
    String hash = asset(node, "").split("/", -1)[3];

    Reply reply = node.get(path.replace("HASH", hash));

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.body()).contains("unknown-endpoint");
    assertThat(reply.header("cache-control")).isEqualTo("no-cache");
  }

  @Test
  void aBrowserIsLedFromTheAddressOfTheNodeToThePage() {
    Reply reply = browse(node, "/");

    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("location")).isEqualTo("_ui/");
    assertThat(reply.header("vary")).contains("accept");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/json",
        "text/html, application/json",
        "*/*, text/html",
        "text/html, image/gif, image/jpeg, */*; q=0.2",
        "text/plain"
      })
  void aProgramGetsTheListOfServicesAsEver(String accept) {
    Reply reply = node.get("/", "Accept: " + accept);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).startsWith("application/json");
  }

  @Test
  void aBrowserThatAsksForDataGetsThem() {
    assertThat(browse(node, "/?pretty").status()).isEqualTo(200);
    assertThat(browse(node, "/none").status()).isEqualTo(200);
  }

  @Test
  void thePageIsForStrangersTooAndTheDataAreNot() {
    try (ServedNode limited = ServedNode.ready()) {
      limited.access.set(Tokens.rules(Tokens.FILE));

      assertThat(browse(limited, "/").status()).isEqualTo(303);
      assertThat(limited.get("/_ui/").status()).isEqualTo(200);
      assertThat(limited.get(asset(limited, "main.js")).header("cache-control"))
          .isEqualTo("public, max-age=31536000, immutable");
      assertThat(limited.get("/").status()).isEqualTo(401);
      assertThat(browse(limited, "/?pretty").status()).isEqualTo(401);
    }
  }

  /** As of a browser whose proxy replaces the Host: modules come with an Origin. */
  @Test
  void filesAreForPagesOfAnyOriginAndTheDataAreNot() {
    String origin = "Origin: https://ops.example";
    node.guard.set(BrowserRules.of(List.of("hera"), List.of()));

    assertThat(node.get(asset(node, "main.js"), origin).status()).isEqualTo(200);
    assertThat(node.get("/_ui/", origin).status()).isEqualTo(200);
    assertThat(node.get("/_status", origin).status()).isEqualTo(403);
    assertThat(node.send("PUT", "/_ui/", "{}", origin).status()).isEqualTo(403);
    assertThat(node.get("/_ui/../_status", origin).status()).isEqualTo(404);
    assertThat(node.get("//_ui/../_status", origin).status()).isEqualTo(403);
    assertThat(node.get("/_ui/%2e%2e/_status", origin).status()).isEqualTo(404);
  }

  @Test
  void withoutThePageEverythingIsAsIfThereWereNone() {
    try (ServedNode without = with(UiMode.FALSE)) {
      assertThat(without.get("/_ui/").status()).isEqualTo(404);
      assertThat(browse(without, "/").status()).isEqualTo(200);
    }
  }

  @Test
  void theReadOnlyPageKnowsThatItIs() {
    try (ServedNode limited = with(UiMode.READ_ONLY)) {
      Reply reply = limited.get("/_ui/");

      assertThat(reply.body()).contains("data-mode=\"read-only\"");
      assertThat(reply.header("etag")).isNotEqualTo(node.get("/_ui/").header("etag"));
    }
  }
}
