package io.hera.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Which long turns are logged. */
class LoggedTurnsTest {
  private static final long COLD_NANOS = 30_000_000_000L;
  private static final long LONG_NANOS = 150_000_000;

  private final Logger logger = (Logger) LoggerFactory.getLogger(LoopTurns.class);
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
  private final LoopTurns turns = new LoopTurns(() -> 0);
  private final LoopTurns.Loop loop = turns.loop();

  @BeforeEach
  void listen() {
    appender.start();
    logger.addAppender(appender);
    logger.setLevel(Level.WARN);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(appender);
    logger.setLevel(null);
  }

  @Test
  void aLongTurnIsLoggedOnceTheNodeHasServedForHalfAMinute() {
    loop.count(0, LONG_NANOS);
    turns.serving();
    loop.count(0, LONG_NANOS);
    assertThat(appender.list).isEmpty();

    loop.count(COLD_NANOS, COLD_NANOS + LONG_NANOS);
    loop.count(COLD_NANOS + LONG_NANOS, COLD_NANOS + 2 * LONG_NANOS);

    assertThat(appender.list)
        .singleElement()
        .satisfies(line -> assertThat(line.getFormattedMessage())
            .startsWith("a turn of event loop 0 took 150 ms"));
    assertThat(turns.loops().get(0).sum()).isCloseTo(0.6, within(1e-9));
  }
}
