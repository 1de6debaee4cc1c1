package dev.storewatch.bench;

import dev.storewatch.calendar.ClosureBody;
import dev.storewatch.interval.Micros;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What special days, planned closures and revisions cost, beside plain reports of the same run.
 *
 * <p>There are two installations with the same polls: one without special days and closures, and
 * one with many. All is measured in turns, so that a change of the machine's speed falls on all.
 */
final class CalendarJob extends Measurement {
  private static final String WITHOUT = "without";
  private static final String WITH = "with";
  private static final String REPORT = "warm report";
  private static final String ENTERING = "entering a closure of all stores";
  private static final String FIRST = "the first report after it";
  private static final String PREVIEW = "preview of a closure of all stores";
  private static final String REPORT_NOW = "warm report after later changes";
  private static final String KNOWN_AT = "report as known before them";
  private static final String COMPARING = "kept report compared with now";

  private static final int WARM_UPS = 20;

  private final Inputs inputs;
  private final Path scratch;

  CalendarJob(Inputs inputs, Path scratch, int runs, PrintWriter out) {
    super(runs, out);
    this.inputs = inputs;
    this.scratch = scratch;
  }

  @Override
  void measure() throws Exception {
    try (Installed without = installed(WITHOUT);
        Installed with = installed(WITH)) {
      PlannedYear.enter(with);
      describe(with);
      Map<String, Installed> both = new LinkedHashMap<>();
      both.put(WITHOUT, without);
      both.put(WITH, with);
      measureReports(both);
      measureEntering(both);
      measureThePast(both);
      print();
    }
  }

  private Installed installed(String name) throws IOException {
    Installed installed = new Installed(scratch.resolve(name));
    installed.importHoursAndZones(inputs);
    installed.importFile(inputs.polls());
    return installed;
  }

  private void describe(Installed with) {
    Registry registry = with.stores().registry();
    printMachine("runs, in turns");
    out.printf(
        "%,d stores, each with %d special days and %d planned closures: %,d and %,d entries%n",
        registry.count(),
        PlannedYear.DAYS,
        PlannedYear.CLOSURES,
        registry.plannedDays().size(),
        registry.plannedClosures().size());
  }

  /** Work on one of the installations. */
  private interface Work {
    void run(Installed installed) throws Exception;
  }

  /** Does work on both in turn, and keeps what it took unless it is done to warm up. */
  private void turn(Map<String, Installed> both, boolean counts, String name, Work work)
      throws Exception {
    for (Map.Entry<String, Installed> each : both.entrySet()) {
      time(name(name, each.getKey()), counts, () -> work.run(each.getValue()));
    }
  }

  private static String name(String work, String fleet) {
    return "%s, %s".formatted(work, fleet);
  }

  private static void report(Installed installed) {
    installed.report(OutputStream.nullOutputStream());
  }

  private void measureReports(Map<String, Installed> both) throws Exception {
    for (int run = -WARM_UPS; run < 3 * runs; run++) {
      turn(both, run >= 0, REPORT, CalendarJob::report);
      if (run >= -WARM_UPS / 4 && run < runs) {
        turn(both, run >= 0, PREVIEW, CalendarJob::preview);
      }
    }
  }

  private static void preview(Installed installed) {
    var preview = installed.parts().closures().preview(Scope.EVERYTHING, closure(installed));
    if (preview.stores() != installed.stores().registry().count()) {
      throw new IllegalStateException("the preview is not of all stores: " + preview.stores());
    }
  }

  /** Returns a closure of all stores, four hours of the day before the newest poll. */
  private static ClosureBody closure(Installed installed) {
    String day = Micros.toInstant(installed.newest() - Micros.DAY).toString().substring(0, 10);
    return new ClosureBody(
        null, null, true, day + "T10:00", day + "T14:00", null, null, "Maintenance");
  }

  private void measureEntering(Map<String, Installed> both) throws Exception {
    for (int run = -2; run < runs; run++) {
      Map<Installed, String> entered = new LinkedHashMap<>();
      turn(both, run >= 0, ENTERING, installed -> entered.put(installed, enter(installed)));
      turn(both, run >= 0, FIRST, CalendarJob::report);
      entered.forEach(
          (installed, id) -> installed.parts().closures().delete(Scope.EVERYTHING, null, id));
      turn(both, false, REPORT, CalendarJob::report);
    }
  }

  private static String enter(Installed installed) {
    return installed.parts().closures().add(Scope.EVERYTHING, null, closure(installed)).id();
  }

  private void measureThePast(Map<String, Installed> both) throws Exception {
    Map<Installed, KeptReport> kept = new LinkedHashMap<>();
    for (Installed installed : both.values()) {
      kept.put(installed, KeptReport.of(installed));
      LaterChanges.make(installed);
      String _ = enter(installed);
    }
    for (int run = -WARM_UPS / 4; run < runs; run++) {
      turn(both, run >= 0, REPORT_NOW, CalendarJob::report);
      turn(both, run >= 0, KNOWN_AT, installed -> of(kept, installed).makeAgain());
      turn(both, run >= 0, COMPARING, installed -> of(kept, installed).compare());
    }
  }

  private static KeptReport of(Map<Installed, KeptReport> kept, Installed installed) {
    return Objects.requireNonNull(kept.get(installed));
  }

  private void print() {
    printTimes();
    printRatio(
        "warm report: with / without", name(REPORT, WITH), name(REPORT, WITHOUT), "at most 2.0");
    for (String fleet : List.of(WITHOUT, WITH)) {
      ratio(fleet, ENTERING, REPORT, "at most 1.0");
      ratio(fleet, FIRST, REPORT, "");
      ratio(fleet, PREVIEW, REPORT, "at most 5.0");
      ratio(fleet, KNOWN_AT, REPORT_NOW, "at most 3.0");
      ratio(fleet, COMPARING, REPORT_NOW, "");
    }
  }

  private void ratio(String fleet, String work, String to, String wanted) {
    String words = "%s: %s / %s".formatted(fleet, work, to);
    printRatio(words, name(work, fleet), name(to, fleet), wanted);
  }

  private void printRatio(String words, String work, String to, String wanted) {
    out.printf(
        Locale.ROOT, "%-90s %6.2f  %s%n", words, times(work).median() / times(to).median(), wanted);
  }
}
