package dev.storewatch;

import dev.storewatch.access.LocalTicket;
import dev.storewatch.database.DataFolder;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The announcement, to people and other processes, of where the server answers, while it does. */
@Component
final class Announcement implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);
  private static final String COMMAND = "serve";

  private final DataFolder folder;
  private final WebServerApplicationContext context;
  private final Environment environment;
  private final LocalTicket ticket;
  private volatile boolean running;

  Announcement(
      DataFolder folder,
      WebServerApplicationContext context,
      Environment environment,
      LocalTicket ticket) {
    this.folder = folder;
    this.context = context;
    this.environment = environment;
    this.ticket = ticket;
  }

  @Override
  public void start() {
    String url = url();
    folder.announce(COMMAND, url, ticket.reveal());
    LOG.info("listening on {} with the data in {}", url, folder.path().toAbsolutePath());
    running = true;
  }

  private String url() {
    WebServer server = Objects.requireNonNull(context.getWebServer());
    return "http://%s:%d".formatted(host(), server.getPort());
  }

  /** Returns a name under which this machine reaches the server. */
  private String host() {
    String host = environment.getProperty("server.address", "localhost");
    if (host.equals("0.0.0.0") || host.equals("::")) {
      return "localhost";
    }
    return host.contains(":") ? "[" + host + "]" : host;
  }

  @Override
  public void stop() {
    folder.announce(COMMAND);
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /**
   * Returns a phase after the start of the web server and before its stop, so that the address is
   * announced only while the server answers there.
   */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE;
  }
}
