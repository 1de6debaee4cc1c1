package dev.storewatch.dialect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The JSON answers of the old systems. */
sealed interface Answer {
  /** The id of a requested report. */
  record Started(@JsonProperty("report_id") String reportId) implements Answer {}

  /** How far a report is; the file of one that is complete, or why one failed. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Status(
      @Schema(allowableValues = {"Running", "Complete", "Failed"}) @JsonProperty("status")
          String status,
      @JsonProperty("report_url") @Nullable String reportUrl,
      @JsonProperty("error") @Nullable String error)
      implements Answer {}

  /**
   * What is wrong, twice: clients of Django read {@code error}, those of FastAPI {@code detail}.
   */
  record Failure(@JsonProperty("error") String error, @JsonProperty("detail") String detail)
      implements Answer {}

  static Answer started(String reportId) {
    return new Started(reportId);
  }

  static Answer status(String status) {
    return new Status(status, null, null);
  }

  static Answer complete(String status, String reportUrl) {
    return new Status(status, reportUrl, null);
  }

  static Answer failed(String status, String error) {
    return new Status(status, null, error);
  }

  static Answer error(String error) {
    return new Failure(error, error);
  }
}
