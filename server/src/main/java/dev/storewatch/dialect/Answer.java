package dev.storewatch.dialect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** A JSON answer of the old systems: those of these fields that say something. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Answer(
    @JsonProperty("report_id") @Nullable String reportId,
    @JsonProperty("status") @Nullable String status,
    @JsonProperty("report_url") @Nullable String reportUrl,
    @JsonProperty("error") @Nullable String error) {
  static Answer started(String reportId) {
    return new Answer(reportId, null, null, null);
  }

  static Answer status(String status) {
    return new Answer(null, status, null, null);
  }

  static Answer complete(String status, String reportUrl) {
    return new Answer(null, status, reportUrl, null);
  }

  static Answer failed(String status, String error) {
    return new Answer(null, status, null, error);
  }

  static Answer error(String error) {
    return new Answer(null, null, null, error);
  }
}
