package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.StorewatchServer;
import dev.storewatch.database.DataFolder;
import dev.storewatch.demo.Fleet;
import dev.storewatch.demo.FleetFiles;
import dev.storewatch.demo.PlayedDay;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.interval.Micros;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** A day of a small fleet, played in some seconds. */
@Tag("long")
final class LivePlayTest {
  @TempDir private Path path;

  @Test
  void tellsAReceiverOfOutagesThatAgreeWithTheReport() throws Exception {
    FleetFiles files = new Fleet(150, 3, 7).writeTo(path);
    PlayedDay day = PlayedDay.of(files, path);
    assertThat(day.polls())
        .isNotEmpty()
        .allMatch(poll -> poll.at() > PlayedDay.START && poll.at() <= PlayedDay.END);
    Path data = path.resolve("data");
    StringWriter printed = new StringWriter();
    try (Installation installation = Installation.open(data, "test")) {
      var _ =
          ImportTask.importAll(
              installation,
              "",
              List.of(files.businessHours(), files.timezones(), day.before()),
              List.of(FileKind.HOURS, FileKind.ZONES, FileKind.POLLS),
              ReadOptions.NONE,
              new PrintWriter(printed),
              new PrintWriter(printed));
    }
    PlayedClock clock =
        new PlayedClock(
            Micros.toInstant(PlayedDay.START),
            Micros.toInstant(PlayedDay.END),
            Duration.ofSeconds(8));
    Path settings = Files.writeString(path.resolve("live.yaml"), ServeOptions.LIVE);
    StringWriter told = new StringWriter();
    try (DataFolder folder = DataFolder.take(data, DataFolder.SERVE);
        ConfigurableApplicationContext server =
            StorewatchServer.startBy(
                clock,
                folder,
                StorewatchServer.Settings.inFolder("127.0.0.1", 0, false, settings))) {
      String url = "http://127.0.0.1:" + server.getEnvironment().getProperty("local.server.port");

      boolean agrees = new LivePlay(day, clock, new PrintWriter(told, true)).play(data, url);

      assertThat(agrees).as(told.toString()).isTrue();
    }
    assertThat(told.toString())
        .contains(" is down", "Over: ", "The day is over: ", "The report says the same: ")
        .doesNotContain(" 0 messages of beginnings", ", 0 of ends");
  }
}
