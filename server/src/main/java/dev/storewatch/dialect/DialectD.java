package dev.storewatch.dialect;

import dev.storewatch.http.Caller;
import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * System D, {@code 003_25f5c09fcff09b88}: the id in the path, the file behind {@code report_url}.
 */
@Tag(
    name = "dialect D",
    description =
        "System D: the id in the path; the call that asks for a report serves systems B and E too")
@RestController
class DialectD {
  private final SharedAnswers answers;

  DialectD(SharedAnswers answers) {
    this.answers = answers;
  }

  /** Accepts any body, because the old systems ignored it. */
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
  @PostMapping({"/trigger_report", "/trigger_report/"})
  ResponseEntity<Answer> trigger(Scope scope, Caller caller) {
    return answers.trigger(scope, caller);
  }

  /** Answers every client except those that prefer CSV, which {@link DialectE} answers. */
  @Operation(
      operationId = "dialectsDAndEGet",
      summary =
          "Tell how far a report is, or bring its file to a client that accepts text/csv best")
  @ApiResponse(
      responseCode = "200",
      description = "How far the report is; or the file of one that is complete",
      headers =
          @Header(
              name = "X-Report-Status",
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
      produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.ALL_VALUE})
  ResponseEntity<Answer> get(
      Scope scope, @Parameter(description = "The id of the report") @PathVariable String id) {
    return answers.status(id, scope);
  }

  @Operation(summary = "Download a complete report")
  @ApiResponse(
      responseCode = "200",
      description = "The file",
      content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
  @ApiResponse(
      responseCode = "404",
      description = "There is no such report",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = Answer.Failure.class)))
  @GetMapping({"/download_report/{id}", "/download_report/{id}/"})
  ResponseEntity<?> download(
      Scope scope, @Parameter(description = "The id of the report") @PathVariable String id) {
    return answers.download(id, scope);
  }
}
