package dev.storewatch.report;

import dev.storewatch.hours.LateClose;
import dev.storewatch.poll.AsOf;
import dev.storewatch.store.Scope;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Asked;
import dev.storewatch.window.Window;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request for a report; its as-of instant may still have to be looked up.
 *
 * @param asOf the instant after which nothing is known
 * @param rule how a status follows from the polls
 * @param windows the windows, in the order of the report; one such as yesterday is fixed when the
 *     request is accepted
 * @param storeIds the stores to report, or null for every store
 * @param lateClose how a closing time of 23:59 or later is read, or null for the setting of the
 *     server
 * @param scope the stores that the caller may see
 * @param tags the tags that the stores have, all of them; empty for stores of any tags
 * @param revision the revision of the data as it was known then; null for the data as it is
 */
public record ReportRequest(
    AsOf asOf,
    Rule rule,
    List<? extends Asked> windows,
    @Nullable List<String> storeIds,
    @Nullable LateClose lateClose,
    Scope scope,
    List<String> tags,
    @Nullable Integer revision) {
  /**
   * Checks the windows and the tags as {@link ReportSpec} does, and copies the lists.
   *
   * @throws IllegalArgumentException if the windows or the tags are invalid
   */
  public ReportRequest {
    ReportSpec checked =
        new ReportSpec(0, rule, Window.STANDARD, storeIds, LateClose.AS_GIVEN, scope, tags);
    windows = ReportSpec.checkWindows(windows);
    storeIds = checked.storeIds();
    tags = checked.tags();
  }

  /** A request, whatever tags stores have. */
  public ReportRequest(
      AsOf asOf,
      Rule rule,
      List<? extends Asked> windows,
      @Nullable List<String> storeIds,
      @Nullable LateClose lateClose,
      Scope scope) {
    this(asOf, rule, windows, storeIds, lateClose, scope, List.of(), null);
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
    return new ReportRequest(asOf, rule, windows, stores, lateClose, scope, tags, revision);
  }

  /**
   * Returns what to compute, now that the instant and the date are known.
   *
   * @param today the date by which yesterday and the like are fixed
   * @throws WrongInput if a period begins, or ends where it must not, after the instant
   */
  ReportSpec at(long instant, LateClose lateCloseOfServer, LocalDate today) {
    LateClose known = Objects.requireNonNullElse(lateClose, lateCloseOfServer);
    return new ReportSpec(instant, rule, fixed(today), storeIds, known, scope, tags, revision);
  }

  private List<Window> fixed(LocalDate today) {
    return windows.stream().map(window -> window.at(today)).toList();
  }

  /** Returns a short text that only equal requests share. */
  String fingerprint() {
    // JSON, because an id may be any text: ids that are only joined could run into each other.
    List<@Nullable Object> parts = new ArrayList<>();
    parts.add(asOf.toString());
    parts.add(rule.toString());
    parts.add(windows.stream().map(ReportRequest::text).toList().toString());
    parts.add(storeIds);
    parts.add(lateClose == null ? null : lateClose.isAsMidnight());
    parts.add(scope.tags());
    if (!tags.isEmpty()) {
      parts.add(tags); // only then, so that requests of before there were tags keep their text
    }
    if (revision != null) {
      parts.add(Map.of("revision", revision));
    }
    return Checksum.of(Json.MAPPER.writeValueAsString(parts));
  }

  /** Returns a window as text, elapsed time in hours, as it was when there was no other. */
  private static String text(Asked window) {
    return window instanceof Window.Elapsed elapsed ? elapsed.length().toString() : window.format();
  }

  /** Made at first use: a command that computes a report would start later for it. */
  private static final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();
  }
}
