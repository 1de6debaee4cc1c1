package dev.storewatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.interval.Micros;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report that is asked for again is computed again only if something has changed. */
@AnyDatabase
@SuppressWarnings("NullAway.Init") // made before each test
final class LastComputedTest {
  private static final ReportSpec SPEC =
      ReportSpec.standard(Micros.of(Instant.parse("2026-10-05T15:00:00Z")));

  @TempDir private Path path;
  private TestFolder folder;
  private FleetReport reports;
  private LastComputed last;
  private int computations;

  @BeforeEach
  void open() throws Exception {
    folder = new TestFolder(path);
    say("store_id,status,timestamp_utc\na,active,2026-10-05T12:00:00Z\n");
    reports = new FleetReport(folder.database(), folder.stores(), folder.polls());
    last = new LastComputed(reports);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private void say(String csv) throws Exception {
    var _ = folder.importText(csv);
  }

  private LastComputed.Computed of(ReportSpec spec) {
    return last.of(
        spec,
        () -> {
          computations++;
          return reports.compute(spec, FleetReport.Progress.NONE);
        });
  }

  @Test
  void isComputedOnceForAllWhoAskForTheSame() {
    LastComputed.Computed first = of(SPEC);

    assertThat(of(ReportSpec.standard(SPEC.asOf()))).isSameAs(first);
    assertThat(computations).isOne();
    assertThat(of(ReportSpec.standard(SPEC.asOf() + 1)).rows()).isNotSameAs(first.rows());
    assertThat(computations).isEqualTo(2);
  }

  @Test
  void isComputedAnewWhenAnythingThatItRestsOnHasChanged() throws Exception {
    String before = of(SPEC).checksum();
    for (String change :
        new String[] {
          "store_id,status,timestamp_utc\na,inactive,2026-10-05T13:00:00Z\n",
          "store_id,dayOfWeek,start_time_local,end_time_local\na,0,00:00:00,09:30:00\n",
          "store_id,timezone_str\na,America/Denver\n",
        }) {
      say(change);
      String now = of(SPEC).checksum();
      assertThat(now).as(change).isNotEqualTo(before);
      assertThat(now)
          .isEqualTo(Checksum.of(SPEC, reports.compute(SPEC, FleetReport.Progress.NONE)));
      before = now;
    }
    assertThat(computations).isEqualTo(4);
  }
}
