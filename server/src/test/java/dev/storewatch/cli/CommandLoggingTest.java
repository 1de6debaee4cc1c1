package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Commands log as the file says that they do not read. */
class CommandLoggingTest {
  /** How a context logs. */
  private record Logging(String level, String target, String pattern) {
    static Logging of(LoggerContext context) {
      Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
      ConsoleAppender<ILoggingEvent> appender =
          (ConsoleAppender<ILoggingEvent>) root.getAppender("STDERR");
      PatternLayoutEncoder encoder = (PatternLayoutEncoder) appender.getEncoder();
      return new Logging(root.getLevel().toString(), appender.getTarget(), encoder.getPattern());
    }
  }

  @Test
  void saysWhatTheFileSays() throws JoranException {
    LoggerContext byFile = new LoggerContext();
    JoranConfigurator reader = new JoranConfigurator();
    reader.setContext(byFile);
    reader.doConfigure(
        Objects.requireNonNull(Storewatch.class.getResource("/logback.xml"), "logback.xml"));
    LoggerContext byClass = new LoggerContext();
    CommandLogging logging = new CommandLogging();
    logging.setContext(byClass);
    logging.configure(byClass);

    assertThat(Logging.of(byClass)).isEqualTo(Logging.of(byFile));
  }

  @Test
  void isWhatTheLoggersOfShortCommandsDo() {
    CommandLoggers loggers = new CommandLoggers();
    loggers.initialize();
    LoggerContext context = (LoggerContext) loggers.getLoggerFactory();

    LoggerContext byClass = new LoggerContext();
    CommandLogging logging = new CommandLogging();
    logging.setContext(byClass);
    logging.configure(byClass);
    assertThat(Logging.of(context)).isEqualTo(Logging.of(byClass));
    assertThat(context.isStarted()).isTrue();
    assertThat(context.getMDCAdapter()).isSameAs(loggers.getMDCAdapter());
    assertThat(context.getLogger("any").isWarnEnabled()).isTrue();
    assertThat(context.getLogger("any").isInfoEnabled()).isFalse();
  }
}
