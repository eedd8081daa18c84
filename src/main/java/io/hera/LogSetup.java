package io.hera;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.hera.config.source.OptionSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sets up logging: one line per event, on standard output. {@code HERA_LOG_LEVEL}, a system property or else an environment
 * variable, sets the level of Hera's loggers, except of {@code hera.audit}, which has a setting. A file named by {@code -Dlogback.configurationFile} replaces this set-up.
 *
 * <p>Logback finds this class as a service. Reading the same from XML would take a fifth of a node's start-up time.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
  private static final String VARIABLE = "HERA_LOG_LEVEL";
  private static final List<String> LEVELS =
      List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");
  private static final String LINE = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} "
      + "%replace(%msg){'[\\r\\n]+', ' | '}"
      + "%replace(%replace( %ex){'\\s*[\\r\\n]+\\s*', ' | '}){'[ |]+$', ''}%nopex%n";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty("logback.configurationFile") != null
        || LogSetup.class.getResource("/logback-test.xml") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(console(context));
    context.getLogger("io.hera").setLevel(Level.toLevel(level(), Level.INFO));
    context.getLogger("hera.audit").setLevel(Level.INFO);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(LINE);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setEncoder(encoder);
    console.start();
    return console;
  }

  /** Returns the rule that the level breaks which the operator has set; such a level is INFO. */
  static Optional<String> unknownLevel() {
    return LEVELS.contains(level().toUpperCase(Locale.ROOT))
        ? Optional.empty()
        : Optional.of(VARIABLE + ": " + level() + " is not one of " + String.join(", ", LEVELS));
  }

  /** An empty value, and one that Kubernetes or Docker has set, counts as absent. */
  private static String level() {
    return Stream.of(System.getProperty(VARIABLE, ""), System.getenv().getOrDefault(VARIABLE, ""))
        .filter(value -> !value.isEmpty() && !OptionSource.isForeign(value))
        .findFirst()
        .orElse("INFO");
  }
}
