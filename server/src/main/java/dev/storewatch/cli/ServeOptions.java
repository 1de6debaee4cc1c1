package dev.storewatch.cli;

import dev.storewatch.StorewatchServer;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.DatabaseSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that say where a server answers. */
final class ServeOptions {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "The address to listen on (default: ${DEFAULT-VALUE}, this machine alone).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8000",
      description = "The port to listen on (default: ${DEFAULT-VALUE}).")
  private int port = 8000;

  @Option(
      names = "--late-close-as-midnight",
      description = "Read a closing time of 23:59 or later as midnight in every report.")
  private boolean lateCloseAsMidnight;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A file with more settings (.yaml or .properties): see docs/operations.md.")
  private @Nullable Path config;

  /**
   * Serves a data folder, or a database, until the process is told to end.
   *
   * @param data the folder, which is used for temporary files in any case
   * @param zoneRules which rules of time zones hold, or null if that is left to the settings
   * @return the exit code
   */
  int serve(Path data, DatabaseSettings database, @Nullable String zoneRules, PrintWriter out) {
    return serve(
        data,
        new StorewatchServer.Settings(host, port, lateCloseAsMidnight, config, database, false)
            .withZoneRules(zoneRules),
        out);
  }

  /** Serves a data folder, whatever database the environment names. */
  int serveFolder(Path data, PrintWriter out) {
    return serve(
        data, StorewatchServer.Settings.inFolder(host, port, lateCloseAsMidnight, config), out);
  }

  private static int serve(Path data, StorewatchServer.Settings settings, PrintWriter out) {
    try (DataFolder folder = DataFolder.take(data, DataFolder.SERVE);
        ConfigurableApplicationContext server = StorewatchServer.start(folder, settings)) {
      CountDownLatch closed = new CountDownLatch(1);
      server.addApplicationListener(
          event -> {
            if (event instanceof ContextClosedEvent) {
              closed.countDown();
            }
          });
      out.println("Ctrl-C ends the server.");
      closed.await();
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  /**
   * Starts a server on any free port and stops it, so that Java can keep what it learned, and later
   * starts are faster.
   */
  void rehearse(Path data) {
    try (DataFolder folder = DataFolder.take(data, "rehearsal");
        ConfigurableApplicationContext server =
            StorewatchServer.start(
                folder, StorewatchServer.Settings.inFolder("127.0.0.1", 0, false, null))) {
      server.getId();
    }
  }
}
