package dev.storewatch.dialect;

import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
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
  @Described.File
  @Described.NotFound
  @GetMapping({"/reports/{id}.csv", "/reports/{id}.csv/"})
  ResponseEntity<?> file(
      Scope scope, @Parameter(description = Described.ID) @PathVariable String id) {
    return answers.download(id, scope);
  }
}
