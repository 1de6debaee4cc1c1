package dev.storewatch.dialect;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.storewatch.report.FleetReport;
import dev.storewatch.report.Report;
import dev.storewatch.report.ReportOrder;
import dev.storewatch.report.ReportState;
import dev.storewatch.store.Scope;
import dev.storewatch.system.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * System C, {@code 002_23e85acbdcd81d5b}: below {@code /store}; a report is on one store, has a
 * number, and columns of its own.
 */
@Tag(name = "dialect C")
@RestController
class DialectC {
  private static final String FILE = "/store/download_report/";

  private final SharedAnswers answers;
  private final JsonMapper json;

  DialectC(SharedAnswers answers, JsonMapper json) {
    this.answers = answers;
    this.json = json;
  }

  /** The number of a report that was asked for. */
  record Started(@JsonProperty("report_id") int reportId) {}

  @Operation(summary = "Ask for a report on one store")
  @ApiResponse(responseCode = "200", description = "The number of the report")
  @ApiResponse(
      responseCode = "404",
      description = "There is no such store",
      content = @Content(schema = @Schema(implementation = Answer.class)))
  @ApiResponse(
      responseCode = "429",
      description = "Too many reports are queued",
      content = @Content(schema = @Schema(hidden = true)))
  @GetMapping({"/store/{storeId}/trigger_report", "/store/{storeId}/trigger_report/"})
  ResponseEntity<?> trigger(Scope scope, Caller caller, @PathVariable String storeId) {
    try {
      ReportOrder order = ReportOrder.standard(scope).on(List.of(storeId));
      return SharedAnswers.ok(new Started(answers.ask(order, caller).number()));
    } catch (FleetReport.UnknownStores e) {
      return SharedAnswers.error("Store not found");
    }
  }

  /** Takes any media type: what is no JSON object with a number is no report either. */
  @Operation(summary = "Tell how far a report is")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Started.class)))
  @ApiResponse(
      responseCode = "200",
      description = "How far it is",
      content = @Content(schema = @Schema(implementation = Answer.class)))
  @ApiResponse(
      responseCode = "404",
      description = "There is no such report",
      content = @Content(schema = @Schema(implementation = Answer.class)))
  @PostMapping({"/store/get_report", "/store/get_report/"})
  ResponseEntity<Answer> get(Scope scope, @RequestBody(required = false) byte @Nullable [] body) {
    return number(body)
        .flatMap(number -> answers.find(number, scope))
        .map(report -> SharedAnswers.ok(answers.status(report, FILE + report.number() + "/")))
        .orElseGet(() -> SharedAnswers.error("Report not found"));
  }

  /** Returns the number in a body, which some clients send as a text. */
  private Optional<Integer> number(byte @Nullable [] body) {
    try {
      JsonNode id = json.readTree(body == null ? new byte[0] : body).path("report_id");
      return number(id.isNumber() || id.isString() ? id.asString() : "");
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> number(String text) {
    return text.matches("\\d{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }

  @Operation(summary = "Download a complete report")
  @ApiResponse(
      responseCode = "200",
      description = "The file",
      content = @Content(mediaType = "text/csv"))
  @ApiResponse(
      responseCode = "404",
      description = "There is no such report, or it is not complete",
      content = @Content(schema = @Schema(implementation = Answer.class)))
  @GetMapping({"/store/download_report/{number}", "/store/download_report/{number}/"})
  ResponseEntity<?> download(Scope scope, @PathVariable String number) {
    Optional<Report> found = number(number).flatMap(each -> answers.find(each, scope));
    if (found.isEmpty()) {
      return SharedAnswers.error("Report not found");
    }
    Report report = found.get();
    return report.state() instanceof ReportState.Complete && report.spec().hasStandardWindows()
        ? answers.file(report).body(answers.rowsOfOneStore(report, scope))
        : SharedAnswers.error("Report is not complete");
  }
}
