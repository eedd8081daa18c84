package io.hera.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Nodes;
import io.hera.testkit.Ports;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;

/** The pages of two nodes, as a user works with them in a real browser. */
@Timeout(120)
class UiPagesIT {
  private static final Map<String, Integer> PORTS =
      Map.of("sr-lon-1", Ports.free(), "sr-ash-1", Ports.free());
  private static Nodes nodes;
  private static PageUser user;

  @BeforeAll
  static void start() {
    nodes = new Nodes();
    PORTS.keySet().forEach(name -> nodes.start(name, PORTS, Duration.ofMinutes(5)));
    // Before that, a node takes writes already, and records none of them.
    Eventually.holds(() -> send("GET", "/_health/ready", "") == 200);
    send("PUT", "/storage/1", "{\"host\":\"10.1.1.1\",\"port\":12345,\"zone\":\"ams\"}");
    send("PUT", "/storage/2", "{\"host\":\"10.1.1.2\",\"port\":12345,\"zone\":\"fra\"}");
    send("PUT", "/storage/3", "{\"host\":\"10.1.1.3\",\"port\":12345,\"zone\":\"ams\"}");
    send("PUT", "/billing/1", "{\"url\":\"https://billing.example/\"}");
    user = PageUser.start();
  }

  @AfterAll
  static void stop() {
    if (user != null) {
      user.close();
      nodes.close();
    }
  }

  @AfterEach
  void isContent() {
    user.isContent();
  }

  private static int port() {
    return PORTS.get("sr-lon-1");
  }

  private static int send(String method, String target, String body) {
    return Http.send(method, port(), target, body).statusCode();
  }

  private static int watchers() {
    return new JsonObject(Http.send("GET", port(), "/_status", "").body()).getInteger("watchers");
  }

  @Test
  void theOverviewShowsTheVerdictAndAllServices() {
    user.open(port(), "");

    user.sees(".verdict", "instances of");
    user.sees("#services", "billing", "storage");
    user.sees("header", "sr-lon-1", "live");
    assertThat(user.browser.script("return document.title")).isEqualTo("Services – Hera");
  }

  @Test
  void aChangeIsOnTheOverviewAtOnceAndALossIsNamed() {
    user.open(port(), "");
    user.sees("#services", "storage");

    send("PUT", "/brief/1", "{}");
    user.sees("#services", "brief");
    send("DELETE", "/brief/1", "");

    user.sees(".lost", "brief", "deregistered");
  }

  /** A browser may keep a page that was left for a minute, and has six connections per node. */
  @Test
  void aPageThatIsLeftEndsItsStreamAndGoesOnWhenItsUserReturns() {
    user.open(port(), "");
    user.sees("header", "live");
    Eventually.holds(() -> watchers() == 1);

    user.browser.script("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))");
    Eventually.holds(() -> watchers() == 0);
    user.browser.script("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))");

    user.sees("header", "live");
    Eventually.holds(() -> watchers() == 1);
  }

  @Test
  void theFilterIsInTheAddressAndSurvivesAReload() {
    user.open(port(), "");
    user.sees("#services", "storage");

    user.types("/");
    user.types("stor");
    user.seesNot("#services", "billing");

    assertThat(user.browser.address()).endsWith("#/?q=stor");
    user.browser.reload();
    user.sees("#services", "storage");
    user.seesNot("#services", "billing");
  }

  @Test
  void theKeysLeadFromPageToPageAndBack() {
    user.open(port(), "#/?q=storage");
    user.sees("#services", "storage");

    user.types("j");
    user.types(Keys.ENTER);
    user.sees("h1", "Services / storage");
    user.types("g", "c");
    user.sees("main", "Who has heard whom");
    user.types("g", "e");
    user.sees("h1", "Events");
    user.browser.back();
    user.sees("main", "Who has heard whom");
    user.types("?");
    user.sees("dialog", "Keys", "deregister");
    user.types(Keys.ESCAPE);
    user.sees("main", "Who has heard whom");
  }

  @Test
  void aServiceShowsTheMembersOfItsDocumentsAsColumns() {
    user.open(port(), "#/s/storage");

    user.sees("table", "host", "port", "zone", "10.1.1.1", "12345");
    user.sees(".chips", "ams 2", "fra 1");
  }

  @Test
  void aFilterByAMemberLeavesTheInstancesThatHaveIt() {
    user.open(port(), "#/s/storage");
    user.sees("#instances", "10.1.1.2");

    user.clicks(".chips button");

    user.seesNot("#instances", "10.1.1.2");
    assertThat(user.browser.address()).endsWith("?match=zone%3Aams");
  }

  @Test
  void anInstanceThatGoesStaysForAMomentWithTheReason() {
    send("PUT", "/passing/1", "{\"host\":\"h\"}");
    send("PUT", "/passing/2", "{\"host\":\"h\"}");
    user.open(port(), "#/s/passing");
    user.sees("#instances", "1", "2");

    send("DELETE", "/passing/1", "");

    user.sees(".ghost", "gone", "deregistered", "Why?");
    send("DELETE", "/passing/2", "");
  }

  @Test
  void anInstanceShowsItsDocumentAndItsHistory() {
    user.open(port(), "#/i/storage/1");

    user.sees("pre", "\"host\": \"10.1.1.1\"");
    user.sees(".events", "registered");
    user.sees(".title", "shown", "left");
  }

  @Test
  void thePageOfAnInstanceThatIsGoneSaysWhy() {
    send("PUT", "/lost/1", "{}");
    send("DELETE", "/lost/1", "");

    user.open(port(), "#/i/lost/1");

    user.sees(".title", "not registered");
    user.sees("main", "deregistered by a DELETE from 127.0.0.1");
  }

  @Test
  void anInstanceIsDeregisteredAndPutBack() {
    send("PUT", "/victim/1", "{\"host\":\"h\"}");
    user.open(port(), "#/i/victim/1");
    user.sees("pre", "host");

    user.clicksButton("Deregister …");
    user.sees("dialog", "heartbeat brings it back");
    user.clicksButton("Deregister");
    user.sees(".title", "not registered");
    assertThat(send("GET", "/victim/1", "")).isEqualTo(404);
    user.clicksButton("Put back");

    user.sees(".title", "shown");
    assertThat(send("DELETE", "/victim/1", "")).isEqualTo(204);
  }

  @Test
  void theClusterShowsWhoHasHeardWhom() {
    user.open(port(), "#/cluster");

    user.sees(".matrix", "lon", "ash");
    user.sees("main", "ash", "Clocks");
  }

  @Test
  void eventsAreFilteredByTheirType() {
    send("PUT", "/filtered/1", "{}");
    send("DELETE", "/filtered/1", "");
    user.open(port(), "#/events?type=deregistered&service=filtered");

    user.sees(".events", "deregistered");
    assertThat(user.browser.all(".events .badge"))
        .isNotEmpty()
        .allSatisfy(badge -> assertThat(badge.getText()).isEqualTo("deregistered"));
  }

  @Test
  void thePageAboutTheNodeHasItsFigures() {
    user.open(port(), "#/about");

    user.sees("main", "sr-lon-1", "life", "/_metrics", "lit-html");
  }

  @Test
  void anythingIsFoundByName() {
    user.open(port(), "");
    user.sees("#services", "storage");

    user.types(Keys.chord(Keys.CONTROL, "k"));
    user.sees("dialog", "Find anything");
    user.types("stora");
    user.sees("dialog", "storage");
    user.types(Keys.ENTER);

    user.sees("h1", "Services / storage");
  }

  @Test
  void aPausedPageStandsStillAndCountsTheChanges() {
    user.open(port(), "");
    user.sees("#services", "storage");
    user.types("p");
    user.sees("header", "paused");

    send("PUT", "/late/1", "{}");

    user.sees("header", "waiting");
    assertThat(user.browser.text("#services")).doesNotContain("late");
    user.types("p");
    user.sees("#services", "late");
    send("DELETE", "/late/1", "");
  }
}
