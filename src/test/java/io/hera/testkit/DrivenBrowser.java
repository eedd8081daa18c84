package io.hera.testkit;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium that a test drives as its user would. Closing ends it. */
public final class DrivenBrowser implements AutoCloseable {
  private static final String BROWSER = "chromium";
  private static final String DRIVER = "chromedriver";

  private final ChromeDriver driver;

  private DrivenBrowser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Returns a program on the PATH; a test without it fails, since one that is left out proves nothing. */
  private static File program(String name) {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .map(folder -> new File(folder, name))
        .filter(File::canExecute)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(name + " is missing: scripts/test --install installs it"));
  }

  /** Starts a browser; {@code hera.test} is this machine, as an origin that browsers do not trust. */
  public static DrivenBrowser start() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program(BROWSER));
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-lcd-text",
        "--hide-scrollbars",
        "--host-resolver-rules=MAP hera.test 127.0.0.1",
        "--window-size=1280,900");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service = new ChromeDriverService.Builder()
        .usingDriverExecutable(program(DRIVER))
        .usingAnyFreePort()
        .build();
    return new DrivenBrowser(new ChromeDriver(service, options));
  }

  public void open(String url) {
    driver.get(url);
  }

  /** Sets the size of the window, and the theme that its user prefers. */
  public void look(int width, int height, String theme) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    command(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
  }

  public void command(String name, Map<String, Object> parameters) {
    driver.executeCdpCommand(name, parameters);
  }

  /** Runs a script; returns its value. */
  public Object script(String script, Object... arguments) {
    return Objects.requireNonNullElse(driver.executeScript(script, arguments), "");
  }

  /** Runs a script that calls its last argument with its value; returns that. */
  public Object asyncScript(String script, Object... arguments) {
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
    return Objects.requireNonNullElse(driver.executeAsyncScript(script, arguments), "");
  }

  public WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Returns the text of the first element, empty if there is none. */
  public String text(String selector) {
    return (String) script(
        "const e = document.querySelector(arguments[0]); return e ? e.innerText : '';", selector);
  }

  /** Returns the picture of the window. */
  public byte[] picture() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  /** Sends keys to whatever has the focus. */
  public void type(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  public void back() {
    driver.navigate().back();
  }

  public void reload() {
    driver.navigate().refresh();
  }

  public String address() {
    return Objects.requireNonNullElse(driver.getCurrentUrl(), "");
  }

  /** Waits until the page shows a text. */
  public void awaitText(String selector, String text) {
    Eventually.holds(() -> text(selector).contains(text));
  }

  /** Waits for a value. */
  public void await(Supplier<Boolean> condition) {
    Eventually.holds(condition::get);
  }

  /** Returns what the page has complained about since the last call: errors and violations of its policy. */
  public List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
        complaints.add(entry.getMessage());
      }
    }
    return complaints;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
