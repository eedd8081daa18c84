package io.hera.security;

import static io.hera.testkit.Tokens.WRITER;
import static io.hera.testkit.Tokens.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.config.Settings;
import io.hera.config.source.SwitchedFile;
import io.hera.testkit.Eventually;
import io.hera.testkit.TestCa;
import io.hera.testkit.TestCa.Issued;
import io.hera.testkit.TestCa.Request;
import io.hera.testkit.TlsNodes;
import io.hera.testkit.Tokens;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are known by the certificates of their connections. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class ClientCertificatesTest {
  private static final String SHOP = "spiffe://example.org/ns/shop/sa/web";
  private static final String RULES =
      Tokens.entry("w", "write billing", WRITER) + """
      shop:
        can: [write shop]
        certificates: ["uri:%s", dns:Shop.example., ip:10.0.0.1, "ip:fd00:0::1"]
      other:
        can: [write other]
        certificates: [dns:other.example]
      """.formatted(SHOP);

  @TempDir
  private Path directory;

  private TlsNodes nodes;
  private TestCa ca;

  @BeforeEach
  void start() throws IOException {
    nodes = new TlsNodes(directory, "a");
    ca = nodes.ca;
    limit(RULES);
    ca.write(nodes.files("a"), ca.issue("127.0.0.1"));
    nodes.start(
        nodes.config("a").with(Settings.ACCESS, new SwitchedFile.Named(access().toString())));
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  private Path access() {
    return directory.resolve("access.yml");
  }

  private void limit(String rules) throws IOException {
    Files.writeString(access(), rules);
  }

  private HttpClient client(Issued shown) {
    return TlsNodes.client(ca.clientContext(shown));
  }

  private int put(HttpClient client, String target) {
    return nodes.send(client, "PUT", "a", target, "{}").statusCode();
  }

  private JsonObject whoAmI(HttpClient client) {
    return new JsonObject(nodes.send(client, "GET", "a", "/_whoami", "").body());
  }

  @ParameterizedTest
  @ValueSource(strings = {SHOP, "shop.example", "SHOP.example", "10.0.0.1", "fd00::1"})
  void eachNameInTheRulesMakesAClientKnown(String name) {
    HttpClient shop =
        client(ca.issue(TestCa.request().names("pod-7.example", name).clientOnly()));
    assertThat(put(shop, "/shop/1")).isEqualTo(204);
    assertThat(put(shop, "/other/1")).isEqualTo(403);
    assertThat(whoAmI(shop).getString("identity")).isEqualTo("shop");
    assertThat(whoAmI(shop).getString("proof")).startsWith("certificate ").contains(":");
    assertThat(whoAmI(shop).getJsonArray("can").encode()).isEqualTo("[\"write shop\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.example.org",
        "a.shop.example",
        "*.example",
        "spiffe://example.org/ns/shop/sa/WEB",
        "spiffe://example.org/ns/shop/sa/web/",
        "10.0.0.2"
      })
  void G5_aCertificateOfThisCaWithAnotherNameProvesNothing(String name) {
    HttpClient client = client(ca.issue(name));
    assertThat(put(client, "/shop/1")).isEqualTo(401);
    assertThat(whoAmI(client).getString("identity")).isEqualTo("anonymous");
  }

  @Test
  void namesOfTwoIdentitiesProveNeither() {
    assertThat(put(client(ca.issue("shop.example", "other.example")), "/shop/1"))
        .isEqualTo(401);
    assertThat(put(client(ca.issue("shop.example", "10.0.0.1")), "/shop/1")).isEqualTo(204);
  }

  static List<Request> bad() {
    Request shop = TestCa.request().names("shop.example");
    return List.of(
        shop.valid(Duration.ofDays(-2), Duration.ofDays(-1)),
        shop.valid(Duration.ofDays(1), Duration.ofDays(2)),
        shop.serverOnly());
  }

  @ParameterizedTest
  @MethodSource("bad")
  void G5_aCertificateThatIsNotValidForAClientEndsTheConnection(Request request) {
    assertThatThrownBy(() -> put(client(ca.issue(request)), "/shop/1"))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void G5_aCertificateOfAnotherCaProvesNothing() {
    TestCa stranger = new TestCa();
    Issued shop = stranger.issue("shop.example");
    // A client of the JDK shows no certificate that the server does not ask for.
    assertThat(put(client(shop), "/shop/1")).isEqualTo(401);
  }

  @Test
  void A7_aHeaderDecidesAloneEvenWithAGoodCertificate() {
    HttpClient shop = client(ca.issue("shop.example"));
    assertThat(put(shop, "/shop/1")).isEqualTo(204);
    assertThat(status(shop, "PUT", "/shop/1", bearer(Tokens.make()))).isEqualTo(401);
    assertThat(status(shop, "PUT", "/shop/1", bearer(WRITER))).isEqualTo(403);
    assertThat(status(shop, "PUT", "/billing/1", bearer(WRITER))).isEqualTo(204);
    assertThat(put(shop, "/shop/1")).isEqualTo(204);
  }

  private int status(HttpClient client, String method, String target, String header) {
    return send(client, method, target, header, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private <T> HttpResponse<T> send(
      HttpClient client,
      String method,
      String target,
      String header,
      HttpResponse.BodyHandler<T> handler) {
    String[] field = header.split(": ", 2);
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + nodes.port("a") + target))
              .header(field[0], field[1])
              .method(method, HttpRequest.BodyPublishers.ofString(method.equals("PUT") ? "{}" : ""))
              .build(),
          handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private InputStream stream(HttpClient client) {
    HttpResponse<InputStream> stream = send(
        client,
        "GET",
        "/shop",
        "Accept: text/event-stream",
        HttpResponse.BodyHandlers.ofInputStream());
    assertThat(stream.statusCode()).isEqualTo(200);
    return stream.body();
  }

  private static String rest(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void G7_aStreamEndsWithTheCertificateOfItsClientAndItsNextRequestIsRefused() throws IOException {
    Request soon =
        TestCa.request().names("shop.example").valid(Duration.ofHours(-1), Duration.ofSeconds(4));
    HttpClient shop = client(ca.issue(soon));
    assertThat(put(shop, "/shop/1")).isEqualTo(204);
    HttpClient lasting = client(ca.issue("shop.example"));
    try (InputStream ends = stream(shop);
        InputStream goesOn = stream(lasting)) {
      assertThat(rest(ends)).contains("event:");
      assertThat(put(shop, "/shop/1")).isEqualTo(401);
      assertThat(put(lasting, "/shop/1")).isEqualTo(204);
      assertThat(goesOn.read()).isNotNegative();
    }
  }

  @Test
  void G6_aRevokedCertificateProvesNothingOnAConnectionThatStands() throws IOException {
    Issued issued = ca.issue("shop.example");
    HttpClient shop = client(issued);
    HttpClient other = client(ca.issue("shop.example"));
    assertThat(put(shop, "/shop/1")).isEqualTo(204);
    assertThat(put(other, "/shop/1")).isEqualTo(204);
    try (InputStream stream = stream(shop)) {
      nodes.replace("a", "ca.crl", ca.revoke(issued));
      assertThat(rest(stream)).contains("event:");
    }
    assertThat(put(shop, "/shop/1")).isEqualTo(401);
    assertThat(put(other, "/shop/1")).isEqualTo(204);
    // Each listener takes the new material in a turn of its own, after standing connections.
    Eventually.passes(() -> assertThatThrownBy(() -> put(client(issued), "/shop/1"))
        .isInstanceOf(UncheckedIOException.class));
  }

  @Test
  void D4_anIdentityThatIsRemovedIsNotKnownByItsCertificateAnyMore() throws IOException {
    HttpClient shop = client(ca.issue("shop.example"));
    assertThat(put(shop, "/shop/1")).isEqualTo(204);
    limit(Tokens.entry("w", "write billing", WRITER));
    Eventually.passes(() -> assertThat(put(shop, "/shop/1")).isEqualTo(401));
  }

  @Test
  void aNodeThatLimitsNoAccessAsksForNoCertificate() throws IOException {
    try (TlsNodes open = new TlsNodes(directory.resolve("open"), "a")) {
      open.start("a");
      Issued expired = open.ca.issue(
          TestCa.request().names("shop.example").valid(Duration.ofDays(-2), Duration.ofDays(-1)));
      HttpClient client = TlsNodes.client(open.ca.clientContext(expired));
      assertThat(open.send(client, "PUT", "a", "/shop/1", "{}").statusCode()).isEqualTo(204);
    }
  }
}
