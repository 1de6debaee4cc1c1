package dev.storewatch.dialect;

import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * System D, {@code 003_25f5c09fcff09b88}: the id in the path, the file behind {@code report_url}.
 * Its other calls are among the {@link SharedCalls}.
 */
@Tag(name = "dialect D", description = "System D: the file behind report_url")
@RestController
class DialectD {
  private final SharedAnswers answers;

  DialectD(SharedAnswers answers) {
    this.answers = answers;
  }

  @Operation(summary = "Download a complete report")
  @Described.File
  @Described.NotFound
  @GetMapping({"/download_report/{id}", "/download_report/{id}/"})
  ResponseEntity<?> download(
      Scope scope, @Parameter(description = Described.ID) @PathVariable String id) {
    return answers.download(id, scope);
  }

  @Operation(summary = "Download a complete report")
  @Described.File
  @Described.NotFound
  @GetMapping({"/download_report", "/download_report/"})
  ResponseEntity<?> downloadByQuery(
      Scope scope,
      @Parameter(description = Described.ID) @RequestParam(name = "report_id", defaultValue = "")
          String id) {
    return answers.download(id, scope);
  }
}
