package dev.storewatch.source;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;

/** What tests hear of the log while a server starts beside them. */
final class LoggedTest {
  private final LoggerContext context = new LoggerContext();
  private final org.slf4j.Logger logger = context.getLogger("a.b");

  /** As a server does that is about to start. */
  private static final class Nobody extends TurboFilter {
    @Override
    public FilterReply decide(
        @Nullable Marker marker,
        Logger of,
        Level at,
        @Nullable String format,
        Object @Nullable [] values,
        @Nullable Throwable failure) {
      return FilterReply.DENY;
    }
  }

  @Test
  void hearsAllWhileTheLogIsSetUpAnew() {
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.ERROR);
    try (Logged logged = new Logged(context, "a.b", Level.INFO)) {
      logger.info("at first");
      logger.debug("too much");
      context.addTurboFilter(new Nobody());
      logger.info("let nobody write");
      context.reset();
      logger.info("anew");
      context.getLogger("a").warn("somebody else");
      assertThat(logged.messages()).containsExactly("at first", "let nobody write", "anew");
    }
    context.getLogger("a.b").setLevel(Level.INFO);
    try (Logged second = new Logged(context, "a", Level.INFO)) {
      logger.info("once");
      assertThat(second.messages()).containsExactly("once");
    }
    assertThat(context.getTurboFilterList()).isEmpty();
  }
}
