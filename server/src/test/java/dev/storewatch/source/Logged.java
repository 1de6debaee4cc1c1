package dev.storewatch.source;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * What a logger writes, with all that is below it, as long as this is open.
 *
 * <p>A server that starts in another test of the same process sets up the log anew: it lets nobody
 * write for a while, and takes away what listens. So this lets its own loggers write before anybody
 * else is asked, and comes back when it is taken away.
 */
final class Logged implements AutoCloseable {
  private final LoggerContext context;
  private final Logger logger;
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final Own own;
  private final Again again = new Again();

  /** Listens to a logger, from a level on. */
  Logged(String name, Level level) {
    this((LoggerContext) LoggerFactory.getILoggerFactory(), name, level);
  }

  /** Listens to a logger among some. */
  Logged(LoggerContext context, String name, Level level) {
    this.context = context;
    logger = context.getLogger(name);
    own = new Own(name, level);
    own.start();
    context.addListener(again);
    listen();
  }

  private void listen() {
    context.getTurboFilterList().addFirst(own);
    written.start();
    logger.addAppender(written);
  }

  /** Lets the loggers write. */
  private static final class Own extends TurboFilter {
    private final String name;
    private final Level level;

    Own(String name, Level level) {
      this.name = name;
      this.level = level;
    }

    @Override
    public FilterReply decide(
        @Nullable Marker marker,
        Logger of,
        Level at,
        @Nullable String format,
        Object @Nullable [] values,
        @Nullable Throwable failure) {
      boolean mine = of.getName().equals(name) || of.getName().startsWith(name + ".");
      return mine && at.isGreaterOrEqual(level) ? FilterReply.ACCEPT : FilterReply.NEUTRAL;
    }
  }

  /** Listens again when the log is set up anew. */
  private final class Again implements LoggerContextListener {
    @Override
    public boolean isResetResistant() {
      return true;
    }

    @Override
    public void onReset(LoggerContext anew) {
      listen();
    }

    @Override
    public void onStart(LoggerContext started) {}

    @Override
    public void onStop(LoggerContext stopped) {}

    @Override
    public void onLevelChange(Logger of, Level level) {}
  }

  /** Returns the messages, the oldest first. */
  List<String> messages() {
    return List.copyOf(written.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Override
  public void close() {
    context.removeListener(again);
    context.getTurboFilterList().remove(own);
    logger.detachAppender(written);
  }
}
