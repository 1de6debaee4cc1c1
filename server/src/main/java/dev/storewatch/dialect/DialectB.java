package dev.storewatch.dialect;

import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * System B, {@code 001_9d9eaf7be587836a}: the id in the query, the file below {@code /reports}. Its
 * other calls are among the {@link SharedCalls}.
 */
@Tag(name = "dialect B", description = "System B: the file of a report")
@RestController
class DialectB {
  private final SharedAnswers answers;

  DialectB(SharedAnswers answers) {
    this.answers = answers;
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
  @GetMapping({"/reports/{id}.csv", "/reports/{id}.csv/"})
  ResponseEntity<?> file(
      Scope scope, @Parameter(description = "The id of the report") @PathVariable String id) {
    return answers.download(id, scope);
  }
}
