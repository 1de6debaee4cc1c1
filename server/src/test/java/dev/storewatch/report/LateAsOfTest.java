package dev.storewatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFleet;
import dev.storewatch.TestFolder;
import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.quality.Notice;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tells when an as-of instant is too late for most stores, and which one is not. */
@AnyDatabase
final class LateAsOfTest {
  private static final Rule RULE = Rule.standard();

  @TempDir private Path path;

  private List<Notice> notices(TestFleet fleet, String asOf, Rule rule, List<Window> windows)
      throws IOException {
    ReportSpec spec =
        new ReportSpec(Micros.of(Instant.parse(asOf)), rule, windows, null, LateClose.AS_GIVEN);
    try (TestFolder folder = new TestFolder(path)) {
      fleet.save(folder.database(), folder.stores(), folder.polls());
      return folder
          .parts()
          .fleetReport()
          .compute(spec, FleetReport.Progress.NONE)
          .findings()
          .notices()
          .stream()
          .filter(notice -> notice.code().equals("late-as-of"))
          .toList();
    }
  }

  private String right(TestFleet fleet, String asOf) throws IOException {
    List<Notice> notices = notices(fleet, asOf, RULE, List.of(Window.of(Duration.ofHours(1))));
    return notices.isEmpty()
        ? "none"
        : notices.getFirst().text().replaceAll(".*--as-of (\\S+) .*", "$1");
  }

  private static TestFleet fleet(String... polls) {
    TestFleet fleet = new TestFleet();
    for (int i = 0; i < polls.length; i++) {
      fleet.store("s" + i).poll(polls[i], true);
    }
    return fleet;
  }

  @Test
  void namesTheInstantAndTheClockThatIsAhead() throws IOException {
    TestFleet fleet =
        fleet(
            "2026-02-02T15:10:00Z",
            "2026-02-02T15:50:00Z",
            "2026-02-02T16:07:00.123456Z",
            "2026-02-09T00:00:00Z");

    assertThat(
            notices(fleet, "2026-02-09T00:00:00Z", RULE, List.of(Window.of(Duration.ofHours(1)))))
        .containsExactly(
            new Notice(
                "late-as-of",
                "the as-of instant 2026-02-09T00:00:00Z is later than the newest poll of 3 of 4"
                    + " stores by more than the carry limit (P1D): --as-of"
                    + " 2026-02-02T16:07:00.123456Z would be right for most; later polls, maybe of"
                    + " a clock that is wrong, have s3",
                3,
                List.of("s0", "s1", "s2")));
  }

  /** One that is not a day behind is not told; one that is, or only half of them, is not either. */
  @ParameterizedTest
  @CsvSource({
    "2026-02-03T16:00:00Z, none",
    "2026-02-03T16:00:00.000001Z, 2026-02-02T16:00:00Z",
    "2026-02-02T16:00:00Z, none",
  })
  void beginsBeyondTheCarryLimit(String asOf, String right) throws IOException {
    assertThat(right(fleet("2026-02-02T16:00:00Z", "2026-02-02T16:00:00Z"), asOf)).isEqualTo(right);
  }

  @Test
  void saysNothingWhenHalfOfTheStoresAreThere() throws IOException {
    assertThat(right(fleet("2026-02-02T16:00:00Z", "2026-02-09T16:00:00Z"), "2026-02-09T16:00:00Z"))
        .isEqualTo("none");
  }

  @Test
  void leavesOutAClockThatIsLessThanADayAhead() throws IOException {
    assertThat(
            right(
                fleet(
                    "2026-02-02T15:30:00Z",
                    "2026-02-02T16:00:00Z",
                    "2026-02-02T16:00:00Z",
                    "2026-02-03T12:00:00Z",
                    "2026-02-07T12:00:00Z"),
                "2026-02-07T12:00:00Z"))
        .isEqualTo("2026-02-02T16:00:00Z");
  }

  @Test
  void goesBackOverAGapOfYears() throws IOException {
    assertThat(
            right(
                fleet(
                    "2021-05-02T15:30:00Z",
                    "2023-01-25T18:10:00Z",
                    "2023-01-25T18:13:22.47922Z",
                    "2024-03-01T00:00:00Z",
                    "2025-12-31T00:00:00Z"),
                "2026-02-07T12:00:00Z"))
        .isEqualTo("2023-01-25T18:13:22.479220Z");
  }

  @Test
  void holdsForEveryRule() throws IOException {
    assertThat(
            notices(
                fleet("2026-02-02T16:00:00Z"),
                "2026-02-02T16:30:00Z",
                Rule.of("ratio", Duration.ofMinutes(10)),
                List.of(Window.of(Duration.ofMinutes(1)))))
        .extracting(Notice::text)
        .containsExactly(
            "the as-of instant 2026-02-02T16:30:00Z is later than the newest poll of 1 of 1 stores"
                + " by more than the carry limit (PT10M): --as-of 2026-02-02T16:00:00Z would be"
                + " right for most");
  }

  @Test
  void passesByStoresThatWereNeverPolled() throws IOException {
    assertThat(right(fleet("2026-02-02T16:00:00Z").store("x").store("y"), "2026-02-02T17:00:00Z"))
        .isEqualTo("none");
  }
}
