package dev.storewatch.dialect;

import dev.storewatch.http.Caller;
import dev.storewatch.report.Report;
import dev.storewatch.report.ReportState;
import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * System E, {@code 004_62512718aa793dd9}: a report is started without any input, and a client that
 * accepts CSV gets it from the address of its status. Its other calls are those of {@link
 * DialectD}.
 */
@Tag(name = "dialect E", description = "System E: a report comes along with its status")
@RestController
class DialectE {
  private static final String STATUS = "X-Report-Status";

  private final SharedAnswers answers;

  DialectE(SharedAnswers answers) {
    this.answers = answers;
  }

  @Operation(summary = "Ask for a report on every store")
  @ApiResponse(
      responseCode = "200",
      description = "The id of the report",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = Answer.Started.class)))
  @ApiResponse(
      responseCode = "429",
      description = "Too many reports are queued",
      content = @Content(schema = @Schema(hidden = true)))
  @GetMapping({"/trigger_report", "/trigger_report/"})
  ResponseEntity<Answer> trigger(Scope scope, Caller caller) {
    return answers.trigger(scope, caller);
  }

  /** Answers with the file when the report is complete, else with its status as JSON. */
  @Operation(
      operationId = "dialectsDAndEGet",
      summary =
          "Tell how far a report is, or bring its file to a client that accepts text/csv best")
  @ApiResponse(
      responseCode = "200",
      description = "How far the report is; or the file of one that is complete",
      headers =
          @Header(
              name = STATUS,
              description = "How far the report is, for a client that accepts text/csv best",
              schema = @Schema(type = "string")),
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = Answer.Status.class)),
        @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "404",
      description = "There is no such report",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = Answer.Failure.class)))
  @GetMapping(
      path = {"/get_report/{id}", "/get_report/{id}/"},
      produces = "text/csv")
  ResponseEntity<?> get(
      Scope scope, @Parameter(description = "The id of the report") @PathVariable String id) {
    Optional<Report> found = answers.find(id, scope);
    if (found.isEmpty()) {
      return SharedAnswers.error("Report not found");
    }
    Report report = found.get();
    String status = answers.word(report.state());
    return report.state() instanceof ReportState.Complete
        ? answers.file(report).header(STATUS, status).body(answers.rows(report, scope))
        : ResponseEntity.ok()
            .header(STATUS, status)
            .contentType(MediaType.APPLICATION_JSON)
            .body(answers.status(report, ""));
  }
}
