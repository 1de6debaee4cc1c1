package dev.storewatch.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Seeds;
import dev.storewatch.TestFolder;
import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Schedule;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import dev.storewatch.report.FleetReport;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.ReportTable;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.UnknownStore;
import dev.storewatch.uptime.PackedPoll;
import dev.storewatch.uptime.PollSeries;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.Segment;
import dev.storewatch.uptime.Timeline;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.window.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

@AnyDatabase
class ExplainerTest {
  private static final long AS_OF = Micros.of(Instant.parse("2023-01-25T20:00:00Z"));

  @TempDir private Path path;
  private TestFolder folder;
  private Explainer explainer;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
    explainer = new Explainer(folder.database(), folder.stores(), folder.polls());
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private String text(String store, Rule rule, Duration window, boolean lateCloseAsMidnight) {
    Span period = Span.endingAt(AS_OF, Micros.of(window));
    return ExplanationText.of(
        explainer.explain(
            Scope.EVERYTHING,
            store,
            AS_OF,
            rule,
            period,
            LateClose.asMidnight(lateCloseAsMidnight)));
  }

  @Test
  void showsAllThatIsBehindTheNumbers() throws IOException {
    folder.importText("store_id,timezone_str\nshop 7,America/New_York\n");
    folder.importText(
        """
        store_id,day,start_time_local,end_time_local
        shop 7,2,13:00:00,17:00:30
        shop 7,2,09:00:00,12:00:00
        shop 7,1,09:00:00,17:00:00
        """);
    folder.importText(
        """
        store_id,status,timestamp_utc
        shop 7,active,2023-01-24 14:30:00 UTC
        shop 7,inactive,2023-01-24 20:00:00 UTC
        shop 7,inactive,2023-01-24 21:30:00.5 UTC
        shop 7,inactive,2023-01-25 14:00:00 UTC
        shop 7,active,2023-01-25 16:00:00 UTC
        shop 7,inactive,2023-01-25 17:30:00 UTC
        shop 7,active,2023-01-25 19:00:00 UTC
        """);

    assertThat(text("shop 7", new Rule.Nearest(Duration.ofHours(2)), Duration.ofHours(30), false))
        .isEqualTo(
            """
            Store    shop 7
            Zone     America/New_York
                     by the rules of time zones 2026f
            Hours    Tue 09:00-17:00
                     Wed 09:00-12:00, 13:00-17:00:30
            As of    2023-01-25T20:00:00Z  =  Wed 2023-01-25 15:00:00.000000 -05:00
            Rule     nearest: open time has the status of the in-hours poll nearest to it, at most 2:00:00 away
            Window   Tue 2023-01-24 09:00:00.000000 -05:00 to Wed 2023-01-25 15:00:00.000000 -05:00 (30:00:00)

            From                                  To                                             Length  State    Because
            Tue 2023-01-24 09:00:00.000000 -05:00 Tue 2023-01-24 11:30:00.000000 -05:00         2:30:00  up       poll of 09:30:00.000000 said active; open by weekly hours
            Tue 2023-01-24 11:30:00.000000 -05:00 Tue 2023-01-24 13:00:00.000000 -05:00         1:30:00  unknown  no in-hours poll near enough; open by weekly hours
            Tue 2023-01-24 13:00:00.000000 -05:00 Tue 2023-01-24 15:00:00.000000 -05:00         2:00:00  down     poll of 15:00:00.000000 said inactive; open by weekly hours
            Tue 2023-01-24 15:00:00.000000 -05:00 Tue 2023-01-24 15:45:00.250000 -05:00  0:45:00.250000  down     poll of 15:00:00.000000 said inactive; so do both polls around; open by weekly hours
            Tue 2023-01-24 15:45:00.250000 -05:00 Tue 2023-01-24 16:30:00.500000 -05:00  0:45:00.250000  down     poll of 16:30:00.500000 said inactive; so do both polls around; open by weekly hours
            Tue 2023-01-24 16:30:00.500000 -05:00 Tue 2023-01-24 17:00:00.000000 -05:00  0:29:59.500000  down     poll of 16:30:00.500000 said inactive; open by weekly hours
            Tue 2023-01-24 17:00:00.000000 -05:00 Wed 2023-01-25 09:00:00.000000 -05:00        16:00:00  closed   outside business hours; closed by weekly hours
            Wed 2023-01-25 09:00:00.000000 -05:00 Wed 2023-01-25 10:00:00.000000 -05:00         1:00:00  down     poll of 09:00:00.000000 said inactive; open by weekly hours
            Wed 2023-01-25 10:00:00.000000 -05:00 Wed 2023-01-25 12:00:00.000000 -05:00         2:00:00  up       poll of 11:00:00.000000 said active; open by weekly hours
            Wed 2023-01-25 12:00:00.000000 -05:00 Wed 2023-01-25 13:00:00.000000 -05:00         1:00:00  closed   outside business hours; closed by weekly hours
            Wed 2023-01-25 13:00:00.000000 -05:00 Wed 2023-01-25 15:00:00.000000 -05:00         2:00:00  up       poll of 14:00:00.000000 said active; open by weekly hours

            Outages  1
              Tue 2023-01-24 13:00:00.000000 -05:00 to Wed 2023-01-25 10:00:00.000000 -05:00, 5:00:00 open time, 21:00:00 by the clock
                began after Tue 2023-01-24 09:30:00.000000 -05:00 and by Tue 2023-01-24 15:00:00.000000 -05:00; ended after Wed 2023-01-25 09:00:00.000000 -05:00 and by Wed 2023-01-25 11:00:00.000000 -05:00

            Polls    6 in business hours, 1 outside (they count for nothing)
            Sums               h:mm:ss        seconds      minutes
              scheduled       13:00:00   46800.000000       780.00
              up               6:30:00   23400.000000       390.00
              down             5:00:00   18000.000000       300.00
              unknown          1:30:00    5400.000000        90.00
              excluded         0:00:00       0.000000         0.00
              up at least      0:00:00       0.000000         0.00
              up at most   11:29:59.500000   41399.500000       689.99
            Uptime   56.52 % of the known open time
            """);
  }

  @Test
  void showsWhatItAssumesOfAStoreOfWhichOnlyPollsAreKnown() throws IOException {
    folder.importText(
        """
        store_id,status,timestamp_utc
        bare,active,2023-01-25 19:00:00 UTC
        """);

    assertThat(text("bare", new Rule.Previous(Duration.ofMinutes(30)), Duration.ofHours(2), false))
        .isEqualTo(
            """
            Store    bare
            Zone     America/Chicago (assumed: no zone is known for this store)
                     by the rules of time zones 2026f
            Hours    open all the time (assumed: no business hours are known for this store)
            As of    2023-01-25T20:00:00Z  =  Wed 2023-01-25 14:00:00.000000 -06:00
            Rule     previous: open time has the status of the last in-hours poll, at most 0:30:00 before it
            Window   Wed 2023-01-25 12:00:00.000000 -06:00 to Wed 2023-01-25 14:00:00.000000 -06:00 (2:00:00)

            From                                  To                                             Length  State    Because
            Wed 2023-01-25 12:00:00.000000 -06:00 Wed 2023-01-25 13:00:00.000000 -06:00         1:00:00  unknown  no in-hours poll near enough; open by weekly hours
            Wed 2023-01-25 13:00:00.000000 -06:00 Wed 2023-01-25 13:30:00.000000 -06:00         0:30:00  up       poll of 13:00:00.000000 said active; open by weekly hours
            Wed 2023-01-25 13:30:00.000000 -06:00 Wed 2023-01-25 14:00:00.000000 -06:00         0:30:00  unknown  no in-hours poll near enough; open by weekly hours

            Outages  none

            Polls    1 in business hours, 0 outside (they count for nothing)
            Sums               h:mm:ss        seconds      minutes
              scheduled        2:00:00    7200.000000       120.00
              up               0:30:00    1800.000000        30.00
              down             0:00:00       0.000000         0.00
              unknown          1:30:00    5400.000000        90.00
              excluded         0:00:00       0.000000         0.00
              up at least      0:00:00       0.000000         0.00
              up at most       2:00:00    7200.000000       120.00
            Uptime   100.00 % of the known open time
            """);
  }

  @Test
  void countsThePollsByWhichTheRuleRatioSplitsOpenTime() throws IOException {
    folder.importText("store_id,day,start_time_local,end_time_local\nlunch,2,12:00,14:00\n");
    folder.importText(
        """
        store_id,status,timestamp_utc
        lunch,active,2023-01-25 13:00:00 UTC
        lunch,active,2023-01-25 16:00:00 UTC
        lunch,inactive,2023-01-25 17:00:00 UTC
        lunch,active,2023-01-25 18:15:00 UTC
        lunch,active,2023-01-25 18:45:00 UTC
        lunch,inactive,2023-01-25 19:15:00 UTC
        lunch,active,2023-01-25 19:45:00 UTC
        """);

    assertThat(
            text("lunch", new Rule.Ratio(Duration.ofHours(24)), Duration.ofHours(6), false)
                .lines()
                .skip(7))
        .containsExactly(
            "",
            "Status     in business hours        outside",
            "active                     3              1",
            "inactive                   1              1",
            "Share    3 of 4 polls in business hours are active, so that share of the open time is"
                + " up",
            "",
            "Polls    4 in business hours, 2 outside (they count for nothing)",
            "Sums               h:mm:ss        seconds      minutes",
            "  scheduled        2:00:00    7200.000000       120.00",
            "  up               1:30:00    5400.000000        90.00",
            "  down             0:30:00    1800.000000        30.00",
            "  unknown          0:00:00       0.000000         0.00",
            "  excluded         0:00:00       0.000000         0.00",
            "  up at least      0:30:00    1800.000000        30.00",
            "  up at most       2:00:00    7200.000000       120.00",
            "Uptime   75.00 % of the known open time");
    assertThat(text("lunch", new Rule.Ratio(Duration.ofHours(24)), Duration.ofMinutes(1), false))
        .contains("\nShare    no poll in business hours: all open time is unknown\n");
  }

  @Test
  void saysWhenALateCloseIsReadAsMidnight() throws IOException {
    folder.importText("store_id,day,start_time_local,end_time_local\nlate,1,23:00:00,23:59:00\n");

    assertThat(text("late", Rule.standard(), Duration.ofDays(1), true))
        .isEqualTo(
            """
            Store    late
            Zone     America/Chicago (assumed: no zone is known for this store)
                     by the rules of time zones 2026f
            Hours    Tue 23:00-23:59
                     a closing time of 23:59 or later is read as midnight
            As of    2023-01-25T20:00:00Z  =  Wed 2023-01-25 14:00:00.000000 -06:00
            Rule     nearest: open time has the status of the in-hours poll nearest to it, at most 24:00:00 away
            Window   Tue 2023-01-24 14:00:00.000000 -06:00 to Wed 2023-01-25 14:00:00.000000 -06:00 (24:00:00)

            From                                  To                                             Length  State    Because
            Tue 2023-01-24 14:00:00.000000 -06:00 Tue 2023-01-24 23:00:00.000000 -06:00         9:00:00  closed   outside business hours; closed by weekly hours
            Tue 2023-01-24 23:00:00.000000 -06:00 Wed 2023-01-25 00:00:00.000000 -06:00         1:00:00  unknown  no in-hours poll near enough; open by weekly hours
            Wed 2023-01-25 00:00:00.000000 -06:00 Wed 2023-01-25 14:00:00.000000 -06:00        14:00:00  closed   outside business hours; closed by weekly hours

            Outages  none

            Polls    0 in business hours, 0 outside (they count for nothing)
            Sums               h:mm:ss        seconds      minutes
              scheduled        1:00:00    3600.000000        60.00
              up               0:00:00       0.000000         0.00
              down             0:00:00       0.000000         0.00
              unknown          1:00:00    3600.000000        60.00
              excluded         0:00:00       0.000000         0.00
              up at least      0:00:00       0.000000         0.00
              up at most       1:00:00    3600.000000        60.00
            Uptime   unknown
            """);
  }

  @ParameterizedTest
  @Seeds
  void sumsUpToTheTotalsOfTheReport(long seed) throws IOException {
    Random random = new Random(seed);
    folder.importText(randomPolls(random));
    folder.importText(
        "store_id,timezone_str\ns1,Asia/Kolkata\ns2,Pacific/Apia\ns3,America/New_York\n");
    folder.importText(
        """
        store_id,day,start_time_local,end_time_local
        s1,0,08:00,20:00
        s1,2,22:00,02:00
        s1,2,10:00,12:30
        s2,3,00:00,00:00
        """);
    for (Rule rule :
        List.of(
            new Rule.Nearest(Duration.ofHours(5)),
            new Rule.Previous(Duration.ofHours(3)),
            Rule.standard())) {
      ReportSpec spec =
          new ReportSpec(
              AS_OF,
              rule,
              List.of(Window.of(Duration.ofDays(7))),
              null,
              LateClose.asMidnight(random.nextBoolean()));
      ReportTable report =
          new FleetReport(folder.database(), folder.stores(), folder.polls())
              .compute(spec, FleetReport.Progress.NONE);
      assertThat(report.size()).isEqualTo(4);
      for (int row = 0; row < report.size(); row++) {
        Explanation explanation =
            explainer.explain(
                Scope.EVERYTHING,
                report.storeId(row),
                AS_OF,
                rule,
                spec.spans(Schedule.unknown()).getFirst(),
                spec.lateClose());
        String description = "%s of %s".formatted(report.storeId(row), rule);
        assertThat(explanation.totals()).as(description).isEqualTo(report.totals(row, 0));
        assertSums(description, explanation);
      }
    }
  }

  @ParameterizedTest
  @Seeds
  void explainsAnEarlierPeriodAsWithAllPolls(long seed) throws IOException {
    Random random = new Random(seed);
    folder.importText(randomPolls(random));
    folder.importText(
        "store_id,day,start_time_local,end_time_local\ns1,0,08:00,20:00\ns1,4,1:00,9:00\n");
    Registry registry = folder.stores().registry();
    for (int i = 0; i < 100; i++) {
      String store = "s" + random.nextInt(4);
      Rule rule =
          Rule.of(
              i % 2 == 0 ? "nearest" : "previous", Duration.ofMinutes(1 + random.nextInt(2_000)));
      long end = AS_OF - random.nextLong(9 * Micros.DAY);
      Span period = Span.endingAt(end, 1 + random.nextLong(2 * Micros.DAY));
      Schedule schedule = registry.schedule(registry.key(store).orElseThrow(), LateClose.AS_GIVEN);
      PollSeries all =
          PollSeries.ofPacked(
              Objects.requireNonNull(folder.allPolls().get(store)).entrySet().stream()
                  .mapToLong(poll -> PackedPoll.of(poll.getKey(), poll.getValue()))
                  .filter(
                      poll -> Timeline.horizon(rule, AS_OF, period).contains(PackedPoll.at(poll)))
                  .toArray());
      assertThat(
              explainer
                  .explain(Scope.EVERYTHING, store, AS_OF, rule, period, LateClose.AS_GIVEN)
                  .timeline())
          .as("%s in %s by %s", store, period, rule)
          .isEqualTo(
              Timeline.of(
                  rule,
                  AS_OF,
                  period,
                  schedule.open(new Clocks(Timeline.horizon(rule, AS_OF, period))),
                  SpanSet.empty(),
                  all));
    }
  }

  private static String randomPolls(Random random) {
    StringBuilder polls = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int i = 0; i < 400; i++) {
      polls.append('s').append(random.nextInt(4)).append(',');
      polls.append(random.nextInt(4) == 0 ? "inactive," : "active,");
      long back = random.nextLong(10 * 24 * 3_600_000_000L);
      polls.append(Micros.toInstant(AS_OF + Micros.HOUR - back)).append('\n');
    }
    return polls.toString();
  }

  private static void assertSums(String description, Explanation explanation) {
    WindowTotals totals = explanation.totals();
    assertThat(length(explanation, Segment.State.UP)).as(description).isEqualTo(totals.up());
    assertThat(length(explanation, Segment.State.DOWN)).as(description).isEqualTo(totals.down());
    assertThat(length(explanation, Segment.State.UNKNOWN))
        .as(description)
        .isEqualTo(totals.unknown());
    assertThat(length(explanation, Segment.State.CLOSED))
        .as(description)
        .isEqualTo(explanation.timeline().period().length() - totals.scheduled());
    assertThat(
            explanation.timeline().outages().stream()
                .mapToLong(outage -> outage.openMicros())
                .sum())
        .as(description)
        .isEqualTo(totals.down());
  }

  private static long length(Explanation explanation, Segment.State state) {
    return explanation.timeline().segments().stream()
        .filter(segment -> segment.state() == state)
        .mapToLong(segment -> segment.span().length())
        .sum();
  }

  @Test
  void countsThePollsOfThePeriodOutsideBusinessHours() throws IOException {
    folder.importText("store_id,timezone_str\na,UTC\n");
    folder.importText("store_id,day,start_time_local,end_time_local\na,2,09:00,12:00\n");
    folder.importText(
        """
        store_id,status,timestamp_utc
        a,active,2023-01-24 20:00:00 UTC
        a,active,2023-01-24 20:00:00.000001 UTC
        a,active,2023-01-25 08:59:59.999999 UTC
        a,active,2023-01-25 09:00:00 UTC
        a,active,2023-01-25 12:00:00 UTC
        a,active,2023-01-25 20:00:00 UTC
        a,active,2023-01-25 20:00:00.000001 UTC
        """);

    Explanation explanation =
        explainer.explain(
            Scope.EVERYTHING,
            "a",
            AS_OF,
            Rule.standard(),
            Span.endingAt(AS_OF, Micros.DAY),
            LateClose.AS_GIVEN);

    assertThat(explanation.pollsOutsideHours()).isEqualTo(4);
    assertThat(explanation.totals().polls()).isEqualTo(1);
    assertThat(explanation.statuses()).doesNotContainKey(AS_OF + 1).hasSize(6);
  }

  @Test
  void namesEachPollOfThePeriodWhetherItCountsOrNot() throws IOException {
    folder.importText("store_id,timezone_str\na,UTC\n");
    folder.importText("store_id,day,start_time_local,end_time_local\na,2,09:00,12:00\n");
    folder.importText(
        """
        store_id,status,timestamp_utc
        a,active,2023-01-24 20:00:00 UTC
        a,inactive,2023-01-25 10:00:00 UTC
        a,active,2023-01-25 20:00:00 UTC
        """);

    Explanation explanation =
        explainer.explain(
            Scope.EVERYTHING,
            "a",
            AS_OF,
            Rule.standard(),
            Span.endingAt(AS_OF, Micros.DAY),
            LateClose.AS_GIVEN);

    assertThat(explanation.polls())
        .containsExactly(
            new Explanation.Look(AS_OF - 10 * Micros.HOUR, false, true),
            new Explanation.Look(AS_OF, true, false));
  }

  /** The poll by which an outage has ended may lie far behind the period. */
  @Test
  void looksBeyondThePeriodForTheEndOfAnOutage() throws IOException {
    folder.importText("store_id,timezone_str\na,UTC\n");
    folder.importText(
        "store_id,day,start_time_local,end_time_local\na,0,09:00,12:00\na,2,09:00,20:00:01\n");
    folder.importText(
        """
        store_id,status,timestamp_utc
        a,inactive,2023-01-16 10:00:00 UTC
        a,active,2023-01-17 10:00:00 UTC
        a,active,2023-01-25 20:00:00 UTC
        a,active,2023-01-25 11:00:00 UTC
        a,inactive,2023-01-25 12:00:00 UTC
        """);
    Instant monday = Instant.parse("2023-01-16T00:00:00Z");
    Span period = Span.between(monday, monday.plus(Duration.ofDays(1)));

    Explanation explanation =
        explainer.explain(
            Scope.EVERYTHING,
            "a",
            AS_OF,
            new Rule.Nearest(Duration.ofHours(1)),
            period,
            LateClose.AS_GIVEN);

    assertThat(explanation.timeline().outages()).hasSize(1);
    assertThat(explanation.timeline().outages().getFirst().nextUp())
        .hasValue(Micros.of(Instant.parse("2023-01-25T11:00:00Z")));
    assertThat(explanation.polls()).hasSize(1);
  }

  @Test
  void explainsNoMoreThanAnAnswerMayHold() throws IOException {
    folder.importText(
        """
        store_id,status,timestamp_utc
        a,active,2023-01-25 10:00:00 UTC
        a,active,2023-01-25 11:00:00 UTC
        a,active,2023-01-25 18:00:00 UTC
        """);
    Explainer small = new Explainer(folder.database(), folder.stores(), folder.polls(), 2);
    Rule rule = new Rule.Nearest(Duration.ofMinutes(1));

    assertThatThrownBy(() -> explain(small, rule, Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the explanation would have more than 2 polls: ask for a shorter period, for example"
                + " P7D");
    assertThatThrownBy(() -> explain(small, rule, Duration.ofHours(3)))
        .hasMessageContaining("more than 2 segments");
    assertThat(explain(small, rule, Duration.ofHours(1)).timeline().segments()).hasSize(1);
  }

  private static Explanation explain(Explainer explainer, Rule rule, Duration window) {
    Span period = Span.endingAt(AS_OF, Micros.of(window));
    return explainer.explain(Scope.EVERYTHING, "a", AS_OF, rule, period, LateClose.AS_GIVEN);
  }

  @Test
  void knowsTheStoresOfTheScopeAlone() throws IOException {
    folder.importText("store_id,timezone_str\na,UTC\n");
    Span period = Span.endingAt(AS_OF, Micros.DAY);

    for (Rule rule : List.of(Rule.standard(), new Rule.Ratio(Rule.DEFAULT_CARRY))) {
      assertThatThrownBy(
              () ->
                  explainer.explain(
                      Scope.of(Set.of("west")), "a", AS_OF, rule, period, LateClose.AS_GIVEN))
          .isInstanceOf(UnknownStore.class)
          .hasMessage("there is no store with the id a");
    }
  }

  @Test
  void namesAStoreThatIsNotThere() {
    assertThatThrownBy(() -> text("nowhere", Rule.standard(), Duration.ofDays(1), false))
        .isInstanceOf(UnknownStore.class)
        .hasMessage("there is no store with the id nowhere");
  }
}
