package dev.storewatch.schedule;

import dev.storewatch.input.WrongInput;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.store.Grouping;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.summary.SummaryQuery;
import dev.storewatch.window.Asked;
import dev.storewatch.window.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a schedule makes.
 *
 * @param isSummary whether it is the owner's summary, and not a report
 * @param windows the windows as texts; of a summary one
 * @param stores the ids of stores; null for all
 * @param tags the tags that the stores have
 * @param groupBy what the groups of totals are made by
 * @param format csv, json or pdf
 */
record Wanted(
    boolean isSummary,
    List<String> windows,
    @Nullable List<String> stores,
    List<String> tags,
    List<String> groupBy,
    String format) {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /** Which part of it is kept as JSON. */
  private record Kept(
      List<String> windows,
      @Nullable List<String> stores,
      List<String> tags,
      List<String> groupBy,
      String format) {}

  /**
   * Checks what somebody enters.
   *
   * @throws WrongInput if something is wrong
   */
  static Wanted of(ScheduleBody body) {
    boolean isSummary = isSummary(body.what());
    List<String> windows = windows(body.windows(), isSummary);
    var _ = ReportSpec.checkWindows(windows.stream().map(Asked::parse).toList());
    List<String> named = body.stores();
    List<String> stores = named == null || named.isEmpty() ? null : List.copyOf(named);
    List<String> tags = StoreDetails.checkTags(body.tags() == null ? List.of() : body.tags());
    List<String> groupBy =
        Grouping.of(false, body.groupBy() == null ? List.of() : body.groupBy()).by();
    String format = body.format() == null ? isSummary ? "pdf" : "csv" : body.format();
    if (isSummary) {
      requireSummary(windows, stores, tags, groupBy, format);
    } else if (!List.of("csv", "json").contains(format)) {
      throw new WrongInput("format is '%s': a report is csv or json".formatted(format));
    }
    return new Wanted(isSummary, windows, stores, tags, groupBy, format);
  }

  private static boolean isSummary(@Nullable String what) {
    return switch (what == null ? "" : what) {
      case "summary" -> true;
      case "report" -> false;
      default ->
          throw new WrongInput(
              what == null
                  ? "what is missing: use report or summary"
                  : "what is '%s': use report or summary".formatted(what));
    };
  }

  private static List<String> windows(@Nullable List<String> asked, boolean isSummary) {
    if (asked != null && !asked.isEmpty()) {
      return asked.stream().map(each -> Asked.parse(each).format()).toList();
    }
    return isSummary
        ? List.of(SummaryQuery.USUAL)
        : Window.STANDARD.stream().map(Window::format).toList();
  }

  private static void requireSummary(
      List<String> windows,
      @Nullable List<String> stores,
      List<String> tags,
      List<String> groupBy,
      String format) {
    if (windows.size() > 1) {
      throw new WrongInput("a summary is about one time: name one window, for example last-month");
    }
    if (stores != null && (stores.size() > 1 || !tags.isEmpty())) {
      throw new WrongInput("a summary is about one store, or about tags: leave out the others");
    }
    if (!groupBy.isEmpty()) {
      throw new WrongInput("a summary has no groups: leave out group_by");
    }
    if (!format.equals("pdf")) {
      throw new WrongInput("format is '%s': a summary is pdf".formatted(format));
    }
  }

  String word() {
    return isSummary ? "summary" : "report";
  }

  String toJson() {
    return JSON.writeValueAsString(new Kept(windows, stores, tags, groupBy, format));
  }

  static Wanted read(String what, String json) {
    Kept kept = JSON.readValue(json, Kept.class);
    return new Wanted(
        what.equals("summary"), kept.windows, kept.stores, kept.tags, kept.groupBy, kept.format);
  }
}
