package dev.storewatch.bench;

import dev.storewatch.history.AskedTerms;
import dev.storewatch.history.HistoryTracker;
import dev.storewatch.history.HoursOfWeek;
import dev.storewatch.history.StoreGroups;
import dev.storewatch.history.StoreHistories;
import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.GroupedPolls;
import dev.storewatch.poll.PollRows;
import dev.storewatch.store.Scope;
import dev.storewatch.uptime.PackedPoll;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What it costs to keep the days of a year of a fleet, and to answer from them, beside a report on
 * one week of it: the week of a file, which is repeated into the past.
 */
final class HistoryJob extends Measurement {
  private static final int WEEKS = 53;
  private static final int WARM_UPS = 2;
  private static final String REPORT = "report on one week";
  private static final String BUILD = "all days of the year are computed and kept";
  private static final String LATE = "a late poll of a store is taken in";
  private static final String NOTHING = "a look when nothing was changed";
  private static final String YEAR = "sums of all stores in a year";
  private static final String WEEK = "sums of all stores in a week";
  private static final String STORE = "days of a store in a year";
  private static final String HOURS = "hours of the week of all stores in 28 days";

  private final Inputs inputs;
  private final Path scratch;

  HistoryJob(Inputs inputs, Path scratch, int runs, PrintWriter out) {
    super(runs, out);
    this.inputs = inputs;
    this.scratch = scratch;
  }

  @Override
  void measure() throws Exception {
    try (Installed installed = new Installed(scratch.resolve("history"))) {
      installed.importHoursAndZones(inputs);
      installed.importFile(inputs.polls());
      long polls = repeat(installed);
      printMachine("runs");
      out.printf("%,d stores, %,d polls%n", installed.stores().registry().count(), polls);
      for (int run = -WARM_UPS; run < runs; run++) {
        measure(installed, run >= 0);
      }
      print(installed);
    }
  }

  /** Repeats the week of the file into the past, and returns how many polls there are then. */
  private static long repeat(Installed installed) {
    Span week = Span.endingAt(installed.newest() + 1, 7 * Micros.DAY);
    int stores = installed.stores().registry().size();
    GroupedPolls polls = new GroupedPolls();
    polls.load(installed.polls(), week, 1, stores);
    for (int back = WEEKS - 1; back > 0; back--) {
      PollRows rows = new PollRows(polls.to(stores));
      for (int key = 1; key <= stores; key++) {
        for (int i = polls.from(key); i < polls.to(key); i++) {
          long poll = polls.array()[i];
          long at = PackedPoll.at(poll) - 7 * Micros.DAY * back;
          rows.add(key, PackedPoll.of(at, PackedPoll.isActive(poll)));
        }
      }
      installed.addPolls(rows, back == 1);
    }
    return (long) WEEKS * polls.to(stores);
  }

  private void measure(Installed installed, boolean counts) throws Exception {
    Clock clock = Clock.fixed(Micros.toInstant(installed.newest()), ZoneOffset.UTC);
    LocalDate last = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
    time(REPORT, counts, () -> installed.report(OutputStream.nullOutputStream()));
    for (String table : List.of("history_month", "history_progress")) {
      int _ = installed.database().jdbc().sql("DELETE FROM " + table).update();
    }
    HistoryTracker tracker =
        new HistoryTracker(
            installed.database(), installed.stores(), installed.polls(), LateClose.AS_GIVEN, clock);
    time(BUILD, counts, tracker::update);
    time(NOTHING, counts, tracker::update);
    lateBy(installed, last);
    time(LATE, counts, tracker::update);
    StoreGroups groups =
        new StoreGroups(
            installed.database(),
            installed.parts().history(),
            installed.stores(),
            installed.polls(),
            LateClose.AS_GIVEN,
            clock);
    time(YEAR, counts, () -> groups.of(Scope.EVERYTHING, asked(last.minusDays(364), last)));
    time(WEEK, counts, () -> groups.of(Scope.EVERYTHING, asked(last.minusDays(6), last)));
    time(
        STORE,
        counts,
        () ->
            new StoreHistories(
                    installed.parts().history(),
                    installed.stores(),
                    installed.polls(),
                    LateClose.AS_GIVEN,
                    clock)
                .of(
                    Scope.EVERYTHING,
                    new StoreHistories.Asked(
                        installed.stores().registry().id(1),
                        last.minusDays(364).toString(),
                        last.toString(),
                        "day",
                        AskedTerms.USUAL)));
    time(
        HOURS,
        counts,
        () ->
            new HoursOfWeek(
                    installed.database(),
                    installed.stores(),
                    installed.polls(),
                    LateClose.AS_GIVEN,
                    clock)
                .of(
                    Scope.EVERYTHING,
                    new HoursOfWeek.Asked(null, List.of(), null, null, AskedTerms.USUAL)));
  }

  /** Writes a poll of the middle of the year, at a minute at which there was none. */
  private static void lateBy(Installed installed, LocalDate last) throws Exception {
    String text =
        "store_id,status,timestamp_utc\n%s,inactive,%sT12:34:56.%06dZ\n"
            .formatted(
                installed.stores().registry().id(1),
                last.minusDays(180),
                System.nanoTime() / 1_000 % 1_000_000);
    var _ = installed.importBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static StoreGroups.Asked asked(LocalDate first, LocalDate last) {
    return new StoreGroups.Asked(
        first.toString(), last.toString(), null, List.of(), List.of(), 10, AskedTerms.USUAL);
  }

  private void print(Installed installed) {
    printTimes();
    double report = times(REPORT).median();
    out.printf(
        "days kept: %,d in %,d rows%n",
        count(installed, "sum(days)"), count(installed, "count(*)"));
    ratio(BUILD, report, 20);
    ratio(YEAR, report, 2);
    ratio(WEEK, report, 2);
    ratio(HOURS, report, 0);
  }

  private static long count(Installed installed, String what) {
    return installed
        .database()
        .jdbc()
        .sql("SELECT %s FROM history_month".formatted(what))
        .query(Long.class)
        .single();
  }

  private void ratio(String name, double report, int most) {
    out.printf(
        "%-46s / %s %6.2f%s%n",
        name, REPORT, times(name).median() / report, most == 0 ? "" : "  at most " + most);
  }
}
