package dev.storewatch.source;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * What a logger is given to write, with all that is below it, as long as this is open.
 *
 * <p>A server that starts in another test of the same process sets up the log anew, and takes away
 * what listens: a class that uses this is {@code @Isolated}.
 */
final class Logged implements AutoCloseable {
  private final LoggerContext context;
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final Listening listening;

  /** Listens to a logger, from a level on. */
  Logged(String name, Level level) {
    context = (LoggerContext) LoggerFactory.getILoggerFactory();
    listening = new Listening(name, level);
    listening.start();
    context.getTurboFilterList().addFirst(listening);
  }

  /** Notes what its loggers are given, and leaves to others whether it is written. */
  private final class Listening extends TurboFilter {
    private final String name;
    private final Level level;

    Listening(String name, Level level) {
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
      if (mine && at.isGreaterOrEqual(level) && format != null) { // without it somebody only asks
        messages.add(String.valueOf(MessageFormatter.arrayFormat(format, values).getMessage()));
      }
      return FilterReply.NEUTRAL;
    }
  }

  /** Returns the messages, the oldest first. */
  List<String> messages() {
    return List.copyOf(messages);
  }

  @Override
  public void close() {
    context.getTurboFilterList().remove(listening);
  }
}
