package dev.storewatch.dialect;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * System B, {@code 001_9d9eaf7be587836a}: the id in the query, the file below {@code /reports}. Its
 * other calls are those of {@link DialectD}.
 */
@RestController
class DialectB {
  private final SharedAnswers answers;

  DialectB(SharedAnswers answers) {
    this.answers = answers;
  }

  @GetMapping({"/get_report", "/get_report/"})
  ResponseEntity<Answer> get(@RequestParam(name = "report_id", defaultValue = "") String id) {
    return answers.status(id);
  }

  @GetMapping({"/reports/{id}.csv", "/reports/{id}.csv/"})
  ResponseEntity<?> file(@PathVariable String id) {
    return answers.download(id);
  }
}
