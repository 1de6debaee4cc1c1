package dev.storewatch.cli;

import dev.storewatch.StorewatchServer;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.DatabaseSettings;
import dev.storewatch.demo.PlayedDay;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that say where a server answers. */
final class ServeOptions {
  /** The receiver of the demo is on this machine, and its day is short. */
  static final String LIVE =
      """
      storewatch:
        outgoing.allowed: 127.0.0.1
        alerts.rules.look-every: PT0.25S
      """;

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

  /**
   * Plays a day into a server on a data folder, and goes on serving.
   *
   * @param time how long the day takes
   * @param ends whether to end when the day is over
   * @return the exit code
   */
  int play(Path data, PlayedDay day, Duration time, boolean ends, PrintWriter out)
      throws IOException {
    if (config != null) {
      throw new WrongInput("--live has settings of its own: leave out --config");
    }
    PlayedClock clock =
        new PlayedClock(Micros.toInstant(PlayedDay.START), Micros.toInstant(PlayedDay.END), time);
    Path settings = Files.writeString(data.resolve("live.yaml"), LIVE);
    try (DataFolder folder = DataFolder.take(data, DataFolder.SERVE);
        ConfigurableApplicationContext server =
            StorewatchServer.startBy(
                clock,
                folder,
                StorewatchServer.Settings.inFolder(host, port, lateCloseAsMidnight, settings))) {
      String url = "http://127.0.0.1:" + server.getEnvironment().getProperty("local.server.port");
      boolean agrees = new LivePlay(day, clock, out).play(data, url);
      if (!ends) {
        awaitEnd(server, out);
      }
      return agrees ? 0 : CommandLine.ExitCode.SOFTWARE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private static int serve(Path data, StorewatchServer.Settings settings, PrintWriter out) {
    try (DataFolder folder = DataFolder.take(data, DataFolder.SERVE);
        ConfigurableApplicationContext server = StorewatchServer.start(folder, settings)) {
      awaitEnd(server, out);
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private static void awaitEnd(ConfigurableApplicationContext server, PrintWriter out)
      throws InterruptedException {
    CountDownLatch closed = new CountDownLatch(1);
    server.addApplicationListener(
        event -> {
          if (event instanceof ContextClosedEvent) {
            closed.countDown();
          }
        });
    out.println("Ctrl-C ends the server.");
    out.flush();
    closed.await();
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
