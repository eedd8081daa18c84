package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.hera.registry.Silence;
import io.hera.registry.Silence.Extent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The log lines and notifications of services that fall silent. */
class SilentServicesTest {
  private final List<Silence> published = new ArrayList<>();
  private final SilentServices services = new SilentServices(published::add);
  private final Logger logger = (Logger) LoggerFactory.getLogger(SilentServices.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void collect() {
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    services.pass(1_000);
  }

  @AfterEach
  void giveBack() {
    logger.detachAppender(lines);
    logger.setLevel(null);
    logger.setAdditive(true);
  }

  private static Silence of(String service, Extent extent, int silent) {
    return new Silence(service, extent, silent, 20, 1);
  }

  private List<String> lines() {
    return lines.list.stream()
        .map(line -> line.getLevel() + " " + line.getFormattedMessage())
        .toList();
  }

  @Test
  void aChangeIsPublishedAndHasALine() {
    Silence began = of("a b", Extent.MOST, 17);
    Silence ended = of("a b", Extent.SOME, 4);
    services.changed(began);
    services.changed(ended);
    assertThat(published).containsExactly(began, ended);
    assertThat(lines())
        .containsExactly(
            "WARN silent: 17 of 20 instances of a%20b were not renewed for half of their ttl",
            "INFO no longer silent: 4 of 20 instances of a%20b are left that were not renewed in time");
  }

  @Test
  void aMinuteHasABoundedNumberOfLinesAndOneWithTheNumberOfTheOthers() {
    for (int i = 0; i < SilentServices.LINES_MAX + 5; i++) {
      services.changed(of("s" + i, Extent.MOST, 20));
    }
    services.pass(1_000 + SilentServices.PERIOD_MILLIS - 1);
    assertThat(lines()).hasSize(SilentServices.LINES_MAX);
    services.pass(1_000 + SilentServices.PERIOD_MILLIS);
    assertThat(lines().get(SilentServices.LINES_MAX))
        .isEqualTo(Level.WARN
            + " silent services: 5 more changes in the last minute; /_status has the worst");
    services.changed(of("later", Extent.MOST, 20));
    assertThat(lines()).hasSize(SilentServices.LINES_MAX + 2);
    assertThat(published).hasSize(SilentServices.LINES_MAX + 6);
  }
}
