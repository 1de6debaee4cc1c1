package dev.storewatch.lake;

import dev.storewatch.TestFolder;
import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.report.FleetReport;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.RowWriters;
import dev.storewatch.store.PlannedDay;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Target;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Window;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a user sees of a database that a lake has too, as lines. */
final class LakeFacts {
  private LakeFacts() {}

  static List<String> of(TestFolder folder) {
    Registry registry = folder.stores().registry();
    List<String> facts = new ArrayList<>();
    for (int key : registry.keysById()) {
      facts.add(
          "store '%s' %s first poll %s flagged %s %s has hours %s"
              .formatted(
                  registry.id(key),
                  registry.details(key),
                  registry.firstPoll(key),
                  registry.hoursFlagged(key),
                  registry.zoneFlagged(key),
                  registry.hasHours(key)));
      registry
          .packedWeeks(key)
          .dates()
          .forEach(
              date ->
                  facts.add(
                      "hours of '%s' from %s: %s"
                          .formatted(
                              registry.id(key),
                              date,
                              Arrays.toString(registry.packedWeeks(key).from(date)))));
    }
    facts.addAll(days(registry));
    facts.addAll(closures(registry));
    folder.allPolls().forEach((id, polls) -> facts.add("polls of '%s': %s".formatted(id, polls)));
    return facts;
  }

  /** Entries of one date and the same stores are one: their hours and labels add up. */
  private static List<String> days(Registry registry) {
    Map<String, TreeSet<String>> days = new TreeMap<>();
    for (PlannedDay day : registry.plannedDays()) {
      if (!isOfDeleted(registry, day.target())) {
        TreeSet<String> said =
            days.computeIfAbsent(
                "special day of %s on %s".formatted(name(registry, day.target()), day.date()),
                first -> new TreeSet<>());
        day.hours().forEach(interval -> said.add(interval.toString()));
        for (String label : String.valueOf(day.label()).split("; ", -1)) {
          said.add("label " + label);
        }
      }
    }
    return days.entrySet().stream().map(Object::toString).toList();
  }

  private static List<String> closures(Registry registry) {
    return registry.plannedClosures().stream()
        .filter(closure -> !isOfDeleted(registry, closure.target()))
        .map(
            closure ->
                "closure of %s: %s".formatted(name(registry, closure.target()), closure.closure()))
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean isOfDeleted(Registry registry, Target target) {
    Integer key = target.storeKey();
    return key != null && registry.isDeleted(key);
  }

  private static String name(Registry registry, Target target) {
    Integer key = target.storeKey();
    return key == null ? "tag " + target.tag() : "store " + registry.id(key);
  }

  /** Returns reports, as CSV and JSON, as of the end of each of some dates. */
  static List<String> reports(TestFolder folder, LocalDate first, int days) {
    List<String> reports = new ArrayList<>();
    for (int day = 1; day <= days; day += 4) {
      long asOf = first.plusDays(day).toEpochDay() * Micros.DAY;
      for (LateClose lateClose : LateClose.values()) {
        ReportSpec spec = new ReportSpec(asOf, Rule.standard(), Window.STANDARD, null, lateClose);
        for (RowWriters.Format format : RowWriters.Format.values()) {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          folder
              .parts()
              .fleetReport()
              .compute(spec, FleetReport.Progress.NONE)
              .writeTo(RowWriters.of(spec, RowWriters.Detail.FULL, format, out));
          reports.add(out.toString(StandardCharsets.UTF_8));
        }
      }
    }
    return reports;
  }
}
