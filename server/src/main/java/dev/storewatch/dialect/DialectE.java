package dev.storewatch.dialect;

import dev.storewatch.http.Caller;
import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * System E, {@code 004_62512718aa793dd9}: a report is started without any input, and the file comes
 * along with the state. Its other calls are among the {@link SharedCalls}.
 */
@Tag(name = "dialect E", description = "System E: a report is started by GET")
@RestController
class DialectE {
  private final SharedAnswers answers;

  DialectE(SharedAnswers answers) {
    this.answers = answers;
  }

  @Operation(summary = "Ask for a report on every store")
  @Described.Asks
  @GetMapping({"/trigger_report", "/trigger_report/"})
  ResponseEntity<Answer> trigger(Scope scope, Caller caller) {
    return answers.trigger(scope, caller);
  }
}
