package dev.storewatch.dialect;

import dev.storewatch.http.Caller;
import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
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
  private static final String GET = "Bring the file of a complete report";
  private static final String FOUND = "The file, or that the report is not complete yet";
  private static final String NOT_FOUND = "There is no such report, or it failed";

  private final SharedAnswers answers;

  DialectA(SharedAnswers answers) {
    this.answers = answers;
  }

  /** Accepts any body, because the old system ignored it. */
  @Operation(summary = "Ask for a report on every store")
  @Described.Asks
  @PostMapping({"/api/trigger_report", "/api/trigger_report/"})
  ResponseEntity<Answer> trigger(Scope scope, Caller caller) {
    return answers.trigger(scope, caller);
  }

  @Operation(summary = GET)
  @Described.StateOrFile(FOUND)
  @Described.NotFound(NOT_FOUND)
  @GetMapping({"/api/get_report/{id}", "/api/get_report/{id}/"})
  ResponseEntity<?> get(
      Scope scope, @Parameter(description = Described.ID) @PathVariable String id) {
    return answers.fileOrNothing(id, scope);
  }

  @Operation(summary = GET)
  @Described.StateOrFile(FOUND)
  @Described.NotFound(NOT_FOUND)
  @GetMapping({"/api/get_report", "/api/get_report/"})
  ResponseEntity<?> getByQuery(
      Scope scope,
      @Parameter(description = Described.ID) @RequestParam(name = "report_id", defaultValue = "")
          String id) {
    return answers.fileOrNothing(id, scope);
  }
}
