package dev.storewatch.report;

import dev.storewatch.hours.LateClose;
import dev.storewatch.input.WrongInput;
import dev.storewatch.poll.AsOf;
import dev.storewatch.store.Scope;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.Windows;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is asked for when a report is asked for; its as-of instant may still have to be looked up.
 *
 * @param asOf the instant at which the windows end
 * @param rule how a status follows from the polls
 * @param windows the lengths of the windows, in the order of the report
 * @param storeIds the stores to report, or null for every store
 * @param lateClose how a closing time of 23:59 or later is read, or null for what the server is set
 *     to
 * @param scope the stores that whoever asks may see
 */
public record ReportOrder(
    AsOf asOf,
    Rule rule,
    List<Duration> windows,
    @Nullable List<String> storeIds,
    @Nullable LateClose lateClose,
    Scope scope) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Checks the windows as {@link ReportSpec} does, and copies the lists.
   *
   * @throws WrongInput if the windows are no good
   */
  public ReportOrder {
    ReportSpec checked = new ReportSpec(0, rule, windows, storeIds, LateClose.AS_GIVEN);
    windows = checked.windows();
    storeIds = checked.storeIds();
  }

  /**
   * Returns the order that every client of old places: all stores that it may see, the last hour,
   * day and week up to the newest poll.
   */
  public static ReportOrder standard(Scope scope) {
    return new ReportOrder(new AsOf.Latest(), Rule.standard(), Windows.STANDARD, null, null, scope);
  }

  /** Returns the same order for some stores alone. */
  public ReportOrder on(List<String> stores) {
    return new ReportOrder(asOf, rule, windows, stores, lateClose, scope);
  }

  /** Returns the report to compute, now that the instant is known. */
  ReportSpec at(long instant, LateClose lateCloseOfServer) {
    LateClose known = Objects.requireNonNullElse(lateClose, lateCloseOfServer);
    return new ReportSpec(instant, rule, windows, storeIds, known, scope);
  }

  /** Returns a short text that equal orders share and others do not. */
  String fingerprint() {
    // JSON, because the ids of stores are any text and must not run into each other.
    return Checksum.of(
        JSON.writeValueAsString(
            Arrays.asList(
                asOf.toString(),
                rule.toString(),
                windows.toString(),
                storeIds,
                lateClose == null ? null : lateClose.isAsMidnight(),
                scope.tags())));
  }
}
