package dev.storewatch.report;

import dev.storewatch.hours.LateClose;
import dev.storewatch.poll.AsOf;
import dev.storewatch.store.Scope;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request for a report; its as-of instant may still have to be looked up.
 *
 * @param asOf the instant at which the windows end
 * @param rule how a status follows from the polls
 * @param windows the windows, in the order of the report
 * @param storeIds the stores to report, or null for every store
 * @param lateClose how a closing time of 23:59 or later is read, or null for the setting of the
 *     server
 * @param scope the stores that the caller may see
 * @param tags the tags that the stores have, all of them; empty for stores of any tags
 */
public record ReportRequest(
    AsOf asOf,
    Rule rule,
    List<Window> windows,
    @Nullable List<String> storeIds,
    @Nullable LateClose lateClose,
    Scope scope,
    List<String> tags) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Checks the windows and the tags as {@link ReportSpec} does, and copies the lists.
   *
   * @throws IllegalArgumentException if the windows or the tags are invalid
   */
  public ReportRequest {
    ReportSpec checked =
        new ReportSpec(0, rule, windows, storeIds, LateClose.AS_GIVEN, scope, tags);
    windows = checked.windows();
    storeIds = checked.storeIds();
    tags = checked.tags();
  }

  /** A request, whatever tags stores have. */
  public ReportRequest(
      AsOf asOf,
      Rule rule,
      List<Window> windows,
      @Nullable List<String> storeIds,
      @Nullable LateClose lateClose,
      Scope scope) {
    this(asOf, rule, windows, storeIds, lateClose, scope, List.of());
  }

  /**
   * Returns the request that every old client makes: all stores that it may see, over the last
   * hour, day and week up to the newest poll.
   */
  public static ReportRequest standard(Scope scope) {
    return new ReportRequest(
        new AsOf.Latest(), Rule.standard(), Window.STANDARD, null, null, scope);
  }

  /** Returns the same request for some stores only. */
  public ReportRequest on(List<String> stores) {
    return new ReportRequest(asOf, rule, windows, stores, lateClose, scope, tags);
  }

  /** Returns what to compute, now that the instant is known. */
  ReportSpec at(long instant, LateClose lateCloseOfServer) {
    LateClose known = Objects.requireNonNullElse(lateClose, lateCloseOfServer);
    return new ReportSpec(instant, rule, windows, storeIds, known, scope, tags);
  }

  /** Returns a short text that only equal requests share. */
  String fingerprint() {
    // JSON, because an id may be any text: ids that are only joined could run into each other.
    List<@Nullable Object> parts = new ArrayList<>();
    parts.add(asOf.toString());
    parts.add(rule.toString());
    parts.add(windows.stream().map(Window::length).toList().toString());
    parts.add(storeIds);
    parts.add(lateClose == null ? null : lateClose.isAsMidnight());
    parts.add(scope.tags());
    if (!tags.isEmpty()) {
      parts.add(tags); // only then, so that requests of before there were tags keep their text
    }
    return Checksum.of(JSON.writeValueAsString(parts));
  }
}
