package dev.storewatch.dashboard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page of one report shows.
 *
 * @param line the report
 * @param facts how it was made, by what they are called
 * @param notices what makes its figures uncertain
 * @param totals the sums of all its stores and of groups
 * @param stores those of its stores that were up the least
 * @param groupBy what the groups are made by, as it was asked
 * @param downloads its files
 * @param again the link that asks for the very same report
 * @param others reports that it can be compared with
 * @param mayChange whether whoever looks at it may ask for and delete reports
 */
public record ReportPageView(
    ReportLine line,
    List<Fact> facts,
    List<String> notices,
    List<ReportPreview.Line> totals,
    List<ReportPreview.Line> stores,
    String groupBy,
    List<Download> downloads,
    String again,
    List<ReportLine> others,
    boolean mayChange) {
  /** A fact about a report. */
  public record Fact(String name, String value) {}

  /**
   * A file of a report.
   *
   * @param name what it is
   * @param link where it is
   * @param note what to know of it, or null
   */
  public record Download(String name, String link, @Nullable String note) {}
}
