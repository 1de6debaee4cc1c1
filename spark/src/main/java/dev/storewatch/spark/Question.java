package dev.storewatch.spark;

import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.Zone;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.interval.Span;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.UptimeEngine;
import dev.storewatch.window.Window;
import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What a report is about, as it travels to executors: texts, which mean the same everywhere.
 *
 * @param asOf the instant after which nothing is known, in microseconds since the epoch
 * @param rule the name of the rule
 * @param carry the carry limit as ISO 8601
 * @param windows the windows, separated by commas
 * @param lateCloseAsMidnight whether a closing time of 23:59 or later is read as midnight
 */
record Question(long asOf, String rule, String carry, String windows, boolean lateCloseAsMidnight)
    implements Serializable {
  private static final long serialVersionUID = 1;

  Rule ruleOf() {
    return Rule.of(rule, Duration.parse(carry));
  }

  List<Window> windowsOf() {
    return Window.parseAll(windows);
  }

  LateClose lateClose() {
    return LateClose.asMidnight(lateCloseAsMidnight);
  }

  /** Returns whether a window begins at another instant for another store. */
  boolean hasLocalWindows() {
    return windowsOf().stream().anyMatch(Window::isLocal);
  }

  List<Span> spans(Schedule schedule) {
    return Window.spans(asOf, windowsOf(), schedule);
  }

  /** Returns a time that holds all polls that may count, whatever the zones of the stores are. */
  Span horizon() {
    List<Window> all = windowsOf();
    List<Span> reach =
        hasLocalWindows()
            ? ZoneTable.inUse().names().stream()
                .map(Zone::of)
                .flatMap(zone -> all.stream().map(each -> each.reach(asOf, zone)))
                .distinct()
                .toList()
            : spans(Schedule.unknown());
    return new UptimeEngine(ruleOf(), asOf, outer(reach)).horizon();
  }

  /** Returns the span from the first start to the last end. */
  private static List<Span> outer(List<Span> spans) {
    return List.of(
        new Span(
            spans.stream().mapToLong(Span::start).min().orElseThrow(),
            spans.stream().mapToLong(Span::end).max().orElseThrow()));
  }

  /** Returns the windows as they are named in rows. */
  String[] names() {
    return windowsOf().stream().map(Window::format).toArray(String[]::new);
  }

  @Override
  public String toString() {
    return Arrays.asList(asOf, rule, carry, windows).toString();
  }
}
