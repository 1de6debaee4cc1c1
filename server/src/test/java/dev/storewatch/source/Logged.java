package dev.storewatch.source;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What a logger writes, with all that is below it, as long as this is open. */
final class Logged implements AutoCloseable {
  private final Logger logger;
  private final @Nullable Level before;
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();

  /** Listens to a logger, and sets from which level on it writes. */
  Logged(String name, Level level) {
    logger = (Logger) LoggerFactory.getLogger(name);
    before = logger.getLevel();
    logger.setLevel(level);
    written.start();
    logger.addAppender(written);
  }

  /** Returns the messages, the oldest first. */
  List<String> messages() {
    return List.copyOf(written.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Override
  public void close() {
    logger.detachAppender(written);
    logger.setLevel(before);
  }
}
