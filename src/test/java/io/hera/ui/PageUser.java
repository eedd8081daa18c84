package io.hera.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.DrivenBrowser;
import io.hera.testkit.Eventually;
import java.util.List;
import org.openqa.selenium.Keys;

/** What a user of the page does and sees. Owned by the tests of one class. */
final class PageUser implements AutoCloseable {
  /** A browser reports each reply of 4xx; the page knows how to go on after it. */
  private static final String REFUSED = "the server responded with a status of";

  final DrivenBrowser browser;

  private PageUser(DrivenBrowser browser) {
    this.browser = browser;
  }

  static PageUser start() {
    return new PageUser(DrivenBrowser.start());
  }

  /** Opens a view of the page of a node on this machine. */
  void open(int port, String hash) {
    openAt("http://127.0.0.1:" + port + "/_ui/", hash);
  }

  void openAt(String page, String hash) {
    browser.open("about:blank");
    browser.open(page + hash);
  }

  /** Waits until the first element has a text. */
  void sees(String selector, String... texts) {
    try {
      Eventually.passes(() -> assertThat(browser.text(selector)).contains(texts));
    } catch (AssertionError missing) {
      String shown = browser.address() + " shows\n" + browser.text("body");
      throw new AssertionError(shown + "\n" + browser.complaints(), missing);
    }
  }

  /** Waits until the first element does not have a text. */
  void seesNot(String selector, String text) {
    Eventually.passes(() -> assertThat(browser.text(selector)).doesNotContain(text));
  }

  /** Clicks the first element that matches, or that is a button or link with this text. */
  void clicks(String selector) {
    Eventually.passes(() -> browser.find(selector).click());
  }

  void clicksButton(String text) {
    Eventually.passes(() -> {
      Object clicked = browser.script("""
          const all = [...document.querySelectorAll('dialog[open] button, button')];
          const found = all.find((one) => one.innerText.trim() === arguments[0] && !one.disabled);
          found?.click();
          return Boolean(found);
          """, text);
      assertThat(clicked).isEqualTo(true);
    });
  }

  void types(CharSequence... keys) {
    browser.type(keys);
  }

  /** Has no field or row hold the focus. */
  void leaves() {
    browser.type(Keys.ESCAPE);
  }

  /** Checks that nothing went wrong in the page: no error, and nothing that its policy forbids. */
  void isContent() {
    List<String> complaints = browser.complaints().stream()
        .filter(line -> !line.contains(REFUSED) && !line.contains("net::ERR_"))
        .toList();
    assertThat(complaints).isEmpty();
  }

  @Override
  public void close() {
    browser.close();
  }
}
