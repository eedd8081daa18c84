package io.hera.security;

import static io.hera.testkit.Tokens.ALL;
import static io.hera.testkit.Tokens.OPERATOR;
import static io.hera.testkit.Tokens.WRITER;
import static io.hera.testkit.Tokens.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.hera.testkit.ServedNode;
import io.hera.testkit.Tokens;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Attack H3: no log line has a token or a whole hash, whatever is logged. */
class SecretsTest {
  private static final class Recorder extends AppenderBase<ILoggingEvent> {
    final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(event.getFormattedMessage() + " " + event.getThrowableProxy());
    }
  }

  @Test
  void tokensAreInNoLogAtAnyLevel() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    Recorder recorder = new Recorder();
    recorder.start();
    root.addAppender(recorder);
    root.setLevel(Level.DEBUG);
    String unknown = Tokens.make();
    try (ServedNode node = ServedNode.ready()) {
      node.access.set(Tokens.rules(Tokens.FILE));
      for (String token : new String[] {WRITER, ALL, OPERATOR, unknown}) {
        node.get("/billing", bearer(token));
        node.get("/_x/" + token, bearer(token));
        node.get("/?a=" + token, bearer(token));
        node.get("/" + token.substring(0, 53), bearer(token.substring(0, 53)));
        node.send("POST", "/_batch", "{\"orders\":{}}", bearer(token));
        node.raw("GET /%zz" + token + " HTTP/1.1\r\nHost: a\r\n" + bearer(token) + "\r\n\r\n");
      }
    } finally {
      root.setLevel(before);
      root.detachAppender(recorder);
    }
    assertThat(recorder.lines).isNotEmpty();
    for (String token : new String[] {WRITER, ALL, OPERATOR, unknown}) {
      assertThat(recorder.lines)
          .noneMatch(line -> line.contains(token.substring(10, 40)))
          .noneMatch(line -> line.contains(Tokens.hash(token).substring(15)));
    }
  }
}
