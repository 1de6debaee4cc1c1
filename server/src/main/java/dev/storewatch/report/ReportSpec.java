package dev.storewatch.report;

import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.Zone;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.store.Scope;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.UptimeEngine;
import dev.storewatch.window.Asked;
import dev.storewatch.window.Window;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a report is about.
 *
 * @param asOf the instant after which nothing is known yet, in microseconds since the epoch; no
 *     window ends after it
 * @param rule how a status follows from the polls
 * @param windows the windows, in the order of the report; at least one, no two the same
 * @param storeIds the stores to report, or null for every store; a store that was never polled has
 *     no row
 * @param lateClose how a closing time of 23:59 or later is read
 * @param scope the stores that the caller may see; the computed report has no others
 * @param tags the tags that the stores have when the report is computed, all of them; empty for
 *     stores of any tags
 * @param revision the revision of the data as it was known then; null for the data as it is
 */
public record ReportSpec(
    long asOf,
    Rule rule,
    List<Window> windows,
    @Nullable List<String> storeIds,
    LateClose lateClose,
    Scope scope,
    List<String> tags,
    @Nullable Integer revision) {
  private static final int MOST_WINDOWS = 100;

  /**
   * Checks the windows and the tags, and copies the lists; tags are put in order.
   *
   * @throws WrongInput if there is no window, one too many, or one twice, or a tag is invalid
   */
  public ReportSpec {
    windows = checkWindows(windows);
    storeIds = storeIds == null ? null : List.copyOf(storeIds);
    tags = StoreDetails.checkTags(tags);
  }

  /** What a report is about, of the data as it is. */
  public ReportSpec(
      long asOf,
      Rule rule,
      List<Window> windows,
      @Nullable List<String> storeIds,
      LateClose lateClose,
      Scope scope,
      List<String> tags) {
    this(asOf, rule, windows, storeIds, lateClose, scope, tags, null);
  }

  /** What a report is about, whatever tags stores have. */
  public ReportSpec(
      long asOf,
      Rule rule,
      List<Window> windows,
      @Nullable List<String> storeIds,
      LateClose lateClose,
      Scope scope) {
    this(asOf, rule, windows, storeIds, lateClose, scope, List.of());
  }

  /** What a report is about, for a caller who may see every store. */
  public ReportSpec(
      long asOf,
      Rule rule,
      List<Window> windows,
      @Nullable List<String> storeIds,
      LateClose lateClose) {
    this(asOf, rule, windows, storeIds, lateClose, Scope.EVERYTHING);
  }

  /**
   * Checks windows and copies the list.
   *
   * @throws WrongInput if there is none, one too many, or one twice
   */
  public static <W extends Asked> List<W> checkWindows(List<W> windows) {
    if (windows.isEmpty() || windows.size() > MOST_WINDOWS) {
      throw new WrongInput(
          "a report has 1 to %d windows, not %d: for example PT1H,P1D,P7D or 2026-03,2026-02"
              .formatted(MOST_WINDOWS, windows.size()));
    }
    if (new HashSet<>(windows).size() < windows.size()) {
      throw new WrongInput(
          "a window stands twice in the list: name each once, for example PT1H,P1D,P7D");
    }
    return List.copyOf(windows);
  }

  /**
   * Returns the report on all stores with the rule {@code nearest} over the last hour, day and
   * week.
   */
  public static ReportSpec standard(long asOf) {
    return new ReportSpec(asOf, Rule.standard(), Window.STANDARD, null, LateClose.AS_GIVEN);
  }

  /**
   * Returns whether the windows are the last hour, day and week, after which the standard columns
   * are named.
   */
  public boolean hasStandardWindows() {
    return windows.equals(Window.STANDARD);
  }

  /** Returns the windows of a store as spans, none of which ends after the as-of instant. */
  public List<Span> spans(Schedule schedule) {
    return Window.spans(asOf, windows, schedule);
  }

  /** Returns the same of the data as it was known at a revision. */
  public ReportSpec asKnownAt(int known) {
    return new ReportSpec(asOf, rule, windows, storeIds, lateClose, scope, tags, known);
  }

  /** Returns the same for some stores only, and of the data as it is. */
  ReportSpec on(@Nullable List<String> stores, List<String> itsTags) {
    return new ReportSpec(asOf, rule, windows, stores, lateClose, scope, itsTags);
  }

  /** Returns a time that holds all polls that may count, at stores of some zones. */
  Span horizon(Stream<Zone> zones) {
    List<Span> reach =
        hasLocalWindows()
            ? zones
                .distinct()
                .flatMap(zone -> windows.stream().map(each -> each.reach(asOf, zone)))
                .toList()
            : List.of();
    List<Span> all = reach.isEmpty() ? spans(Schedule.unknown()) : reach;
    return new UptimeEngine(rule, asOf, all).horizon();
  }

  /** Returns whether a window begins at another instant for another store. */
  public boolean hasLocalWindows() {
    return windows.stream().anyMatch(Window::isLocal);
  }

  /** Returns the as-of instant. */
  public Instant asOfInstant() {
    return Micros.toInstant(asOf);
  }
}
