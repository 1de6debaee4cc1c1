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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * System A, {@code 000_2c0ea919e914ff3b}: below {@code /api}; a complete report is the file itself,
 * and a failed one is answered like one that never existed. It had the same calls without {@code
 * /api}, which are among the {@link SharedCalls}.
 */
@Tag(name = "dialect A", description = "System A: below /api")
@RestController
class DialectA {
  private static final String ID = "The id of the report";
  private static final String GET = "Bring the file of a complete report";
  private static final String FOUND = "The file, or that the report is not complete yet";
  private static final String NOT_FOUND = "There is no such report, or it failed";

  private final SharedAnswers answers;

  DialectA(SharedAnswers answers) {
    this.answers = answers;
  }

  /** Accepts any body, because the old system ignored it. */
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
  @PostMapping({"/api/trigger_report", "/api/trigger_report/"})
  ResponseEntity<Answer> trigger(Scope scope, Caller caller) {
    return answers.trigger(scope, caller);
  }

  @Operation(summary = GET)
  @ApiResponse(
      responseCode = "200",
      description = FOUND,
      headers =
          @Header(
              name = SharedAnswers.STATUS,
              description = "How far the report is",
              schema = @Schema(type = "string")),
      content = {
        @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = Answer.Status.class))
      })
  @ApiResponse(
      responseCode = "404",
      description = NOT_FOUND,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = Answer.Failure.class)))
  @GetMapping({"/api/get_report/{id}", "/api/get_report/{id}/"})
  ResponseEntity<?> get(Scope scope, @Parameter(description = ID) @PathVariable String id) {
    return answers.fileOrNothing(id, scope);
  }

  @Operation(summary = GET)
  @ApiResponse(
      responseCode = "200",
      description = FOUND,
      headers =
          @Header(
              name = SharedAnswers.STATUS,
              description = "How far the report is",
              schema = @Schema(type = "string")),
      content = {
        @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = Answer.Status.class))
      })
  @ApiResponse(
      responseCode = "404",
      description = NOT_FOUND,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = Answer.Failure.class)))
  @GetMapping({"/api/get_report", "/api/get_report/"})
  ResponseEntity<?> getByQuery(
      Scope scope,
      @Parameter(description = ID) @RequestParam(name = "report_id", defaultValue = "") String id) {
    return answers.fileOrNothing(id, scope);
  }
}
