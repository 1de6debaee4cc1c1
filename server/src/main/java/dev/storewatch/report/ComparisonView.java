package dev.storewatch.report;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report says, beside what the data of now or another report says.
 *
 * @param reportId the report
 * @param withId the other report; null for the data of now
 * @param revision the revision of the data that it was made of; null if that was not kept
 * @param revisionNow the revision of the data that it is compared with, likewise
 * @param stores how many stores differ in a figure
 * @param figures how many figures differ, as they are printed
 * @param differences the first of them, in the order of the report
 */
public record ComparisonView(
    String reportId,
    @Nullable String withId,
    @Nullable Integer revision,
    @Nullable Integer revisionNow,
    int stores,
    int figures,
    List<Difference> differences) {
  /**
   * A figure that differs.
   *
   * @param window the window; null if the whole row is there only once; both windows, with {@code
   *     |} between them, if those of the other report are others
   * @param figure the name of the column in full detail; {@code row} for a whole row
   * @param reported what the report says; null for no such figure
   * @param now what the data of now, or the other report, says; null for no such figure
   * @param because the kinds of changes that touch the store; none beside another report
   */
  public record Difference(
      String storeId,
      @Nullable String window,
      @Schema(example = "uptime_minutes") String figure,
      @Nullable BigDecimal reported,
      @Nullable BigDecimal now,
      List<String> because) {}
}
