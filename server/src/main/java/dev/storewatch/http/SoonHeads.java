package dev.storewatch.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of the web server, with a deadline for the head of a request: Tomcat limits the time
 * between two bytes alone, so that a client could send a byte now and then for ever.
 */
public final class SoonHeads extends Http11NioProtocol {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private @Nullable ScheduledFuture<?> watch;

  /** A protocol; Tomcat makes it by the name of the class. */
  public SoonHeads() {}

  @Override
  public void start() throws Exception {
    super.start();
    watch = getUtilityExecutor().scheduleWithFixedDelay(this::hangUp, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public void stop() throws Exception {
    ScheduledFuture<?> begun = watch;
    if (begun != null) {
      begun.cancel(false);
    }
    super.stop();
  }

  private void hangUp() {
    for (SocketWrapperBase<NioChannel> connection : List.copyOf(getEndpoint().getConnections())) {
      // A connection has a processor while part of a head has come and more is awaited, and between
      // the events of a page that listens: one whose request is being answered is taken from it,
      // and one without any request has none.
      if (connection.getCurrentProcessor() instanceof AbstractProcessor processor
          && !processor.isAsync()
          && isLate(processor.getRequest())) {
        connection.close();
      }
    }
  }

  private static boolean isLate(Request request) {
    long begun = request.getStartTimeNanos();
    return begun >= 0 && System.nanoTime() - begun > LONGEST.toNanos();
  }
}
