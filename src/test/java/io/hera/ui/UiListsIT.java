package io.hera.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.ServedNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lists of thousands of rows, in a real browser: complete, and with few elements in the page. */
@Timeout(120)
class UiListsIT {
  private static final int INSTANCES = 20_000;
  private static final int SERVICES = 3_000;
  private static final long ELEMENTS_MAX = 1_500;
  private static final String ELEMENTS = "return document.querySelectorAll('*').length";
  private static final String LAST_ROW =
      "scrollTo(0, document.body.scrollHeight); return document.querySelector('tbody').innerText";

  private static ServedNode node;
  private static PageUser user;

  @BeforeAll
  static void start() {
    node = ServedNode.ready();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < INSTANCES; i++) {
      lines.append(
          "{\"service\":\"large\",\"id\":\"i%05d\",\"document\":{\"host\":\"10.1.%d.%d\",\"zone\":\"%s\"}}\n"
              .formatted(i, i / 250, i % 250, i % 2 == 0 ? "ams" : "fra"));
    }
    for (int i = 0; i < SERVICES; i++) {
      lines.append("{\"service\":\"s%04d\",\"id\":\"1\",\"document\":{}}\n".formatted(i));
    }
    assertThat(node.send("POST", "/_batch", lines.toString(), "Content-Type: application/x-ndjson")
            .body())
        .isEqualTo("{\"errors\":{}}");
    user = PageUser.start();
  }

  @AfterAll
  static void stop() {
    if (user != null) {
      user.close();
      node.close();
    }
  }

  @AfterEach
  void isContent() {
    user.isContent();
  }

  @Test
  void aServiceOfThousandsIsOneListWithFewElements() {
    user.open(node.port(), "#/s/large");
    user.sees(".title", "20,000 instances");
    user.sees("#instances", "i00000");

    assertThat((Long) user.browser.script(ELEMENTS)).isLessThan(ELEMENTS_MAX);
    Eventually.passes(() -> assertThat((String) user.browser.script(LAST_ROW)).contains("i19999"));
    assertThat((Long) user.browser.script(ELEMENTS)).isLessThan(ELEMENTS_MAX);
  }

  @Test
  void aFilterFindsTheOneRowAmongThousands() {
    user.open(node.port(), "#/s/large?q=10.1.79.249");

    user.sees("#instances", "i19999");
    user.sees(".controls", "1 of 20,000 instances");
  }

  @Test
  void thousandsOfServicesAreOneList() {
    user.open(node.port(), "");
    user.sees(".controls", "3,001 services");

    assertThat((Long) user.browser.script(ELEMENTS)).isLessThan(ELEMENTS_MAX);
    Eventually.passes(() -> assertThat((String) user.browser.script(LAST_ROW)).contains("s2999"));
  }
}
