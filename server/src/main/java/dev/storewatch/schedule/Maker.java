package dev.storewatch.schedule;

import dev.storewatch.csv.RowWriter;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.http.Caller;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.AsOf;
import dev.storewatch.report.IdempotencyKey;
import dev.storewatch.report.Report;
import dev.storewatch.report.ReportQueue;
import dev.storewatch.report.ReportRequest;
import dev.storewatch.report.ReportState;
import dev.storewatch.report.Reports;
import dev.storewatch.report.RowWriters;
import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.report.RowWriters.Format;
import dev.storewatch.store.Grouping;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.summary.OwnerSummary;
import dev.storewatch.summary.Summaries;
import dev.storewatch.summary.SummaryPdf;
import dev.storewatch.summary.SummaryQuery;
import dev.storewatch.summary.SummaryWords;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Asked;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What makes reports and summaries for schedules. */
final class Maker {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final ReportQueue queue;
  private final Reports reports;
  private final Stores stores;
  private final Summaries summaries;

  Maker(ReportQueue queue, Reports reports, Stores stores, Summaries summaries) {
    this.queue = queue;
    this.reports = reports;
    this.stores = stores;
    this.summaries = summaries;
  }

  /** It cannot be made now; another time it may. */
  static final class NotNow extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotNow(String reason) {
      super(reason);
    }
  }

  /**
   * Makes what a schedule wants, for an instant.
   *
   * @param isOver whether nobody waits for it any more
   * @return empty if it was given up
   * @throws NotNow if it may be possible later
   * @throws dev.storewatch.input.WrongInput if it is not possible
   */
  Optional<Made> make(ReportSchedule schedule, long due, BooleanSupplier isOver) {
    return schedule.wanted().isSummary()
        ? Optional.of(summary(schedule, due))
        : report(schedule, due, isOver);
  }

  private Made summary(ReportSchedule schedule, long due) {
    Wanted wanted = schedule.wanted();
    List<String> ids = wanted.stores();
    OwnerSummary summary =
        summaries.make(
            Scope.EVERYTHING,
            new SummaryQuery(
                ids == null ? null : ids.getFirst(),
                wanted.tags(),
                Asked.parse(wanted.windows().getFirst()),
                new AsOf.At(due)));
    return new Made(
        fileName(schedule, due),
        wanted.format(),
        new Made.Content(SummaryPdf.of(summary)),
        new Made.Words(SummaryWords.title(summary), SummaryWords.brief(summary)),
        summary.about().stores(),
        summary.from(),
        summary.to(),
        null);
  }

  private Optional<Made> report(ReportSchedule schedule, long due, BooleanSupplier isOver) {
    Wanted wanted = schedule.wanted();
    ReportRequest request =
        new ReportRequest(
            new AsOf.At(due),
            Rule.standard(),
            wanted.windows().stream().map(Asked::parse).toList(),
            wanted.stores(),
            null,
            Scope.EVERYTHING,
            wanted.tags(),
            null);
    // Whoever makes it again, after the process has ended, finds the report of before.
    String key = "schedule-%s-%d-%d".formatted(schedule.id(), due, schedule.failures());
    Report report;
    try {
      report =
          queue
              .submit(
                  request,
                  new Caller("schedule:" + schedule.name(), "local"),
                  new IdempotencyKey(key))
              .report();
    } catch (ReportQueue.Full e) {
      throw new NotNow(String.valueOf(e.getMessage()));
    }
    return awaitEnd(report, isOver).map(ended -> written(schedule, due, ended));
  }

  private Optional<Report> awaitEnd(Report report, BooleanSupplier isOver) {
    Report now = report;
    while (now.state().ended().isEmpty()) {
      if (isOver.getAsBoolean()) {
        return Optional.empty();
      }
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
      now =
          reports
              .find(report.id())
              .orElseThrow(() -> new NotNow("somebody deleted the report while it was made"));
    }
    if (now.state() instanceof ReportState.Failed failed) {
      throw new NotNow("the report failed: " + failed.reason());
    }
    return Optional.of(now);
  }

  private Made written(ReportSchedule schedule, long due, Report report) {
    Wanted wanted = schedule.wanted();
    Grouping grouping = Grouping.of(true, wanted.groupBy());
    Registry registry = stores.registry();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Format format = wanted.format().equals("json") ? Format.JSON : Format.CSV;
    boolean isStandard = report.spec().hasStandardWindows() && wanted.groupBy().isEmpty();
    RowWriter writer =
        isStandard
            ? RowWriters.of(report.spec(), Detail.STANDARD, format, out)
            : RowWriters.withTotals(
                report.spec(), format, registry, Scope.EVERYTHING, grouping, out);
    reports.writeRows(report, Scope.EVERYTHING, writer);
    int count = report.state() instanceof ReportState.Complete complete ? complete.rowCount() : 0;
    String windows =
        String.join(", ", report.spec().windows().stream().map(each -> each.format()).toList());
    return new Made(
        fileName(schedule, due),
        wanted.format(),
        new Made.Content(out.toByteArray()),
        new Made.Words(
            "Report %s of %s".formatted(schedule.name(), date(schedule, due)),
            "%s of %s, report No. %d"
                .formatted(
                    windows,
                    count == 1 ? "1 store" : String.format(Locale.ROOT, "%,d stores", count),
                    report.number())),
        count,
        null,
        null,
        report.id());
  }

  private static LocalDate date(ReportSchedule schedule, long due) {
    return ZoneTable.inUse()
        .zone(schedule.times().zone())
        .wallClock(Micros.toInstant(due))
        .toLocalDate();
  }

  /** Returns a name that every system takes, of the schedule and its local date. */
  private static String fileName(ReportSchedule schedule, long due) {
    String name =
        schedule
            .name()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return "%s-%s-%s"
        .formatted(
            name.isEmpty() ? schedule.wanted().word() : name,
            date(schedule, due),
            schedule.id().substring(0, 8));
  }
}
