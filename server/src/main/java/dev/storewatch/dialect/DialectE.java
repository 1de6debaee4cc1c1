package dev.storewatch.dialect;

import dev.storewatch.report.Report;
import dev.storewatch.report.ReportState;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * System E, {@code 004_62512718aa793dd9}: a report is started without any input, and comes along
 * with its status for a client that accepts CSV. Its other calls are those of {@link DialectD}.
 */
@RestController
class DialectE {
  private static final String STATUS = "X-Report-Status";

  private final SharedAnswers answers;

  DialectE(SharedAnswers answers) {
    this.answers = answers;
  }

  @GetMapping({"/trigger_report", "/trigger_report/"})
  ResponseEntity<Answer> trigger() {
    return answers.trigger();
  }

  /** Answers with the file when the report is complete, else with its status as JSON. */
  @GetMapping(
      path = {"/get_report/{id}", "/get_report/{id}/"},
      produces = "text/csv")
  ResponseEntity<?> get(@PathVariable String id) {
    Optional<Report> found = answers.find(id);
    if (found.isEmpty()) {
      return SharedAnswers.error("Report not found");
    }
    Report report = found.get();
    String status = answers.word(report.state());
    return report.state() instanceof ReportState.Complete
        ? answers.file(report).header(STATUS, status).body(answers.rows(report))
        : ResponseEntity.ok()
            .header(STATUS, status)
            .contentType(MediaType.APPLICATION_JSON)
            .body(answers.status(report));
  }
}
