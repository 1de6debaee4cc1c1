package dev.storewatch.dialect;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * System D, {@code 003_25f5c09fcff09b88}: the id in the path, the file behind {@code report_url}.
 */
@RestController
class DialectD {
  private final SharedAnswers answers;

  DialectD(SharedAnswers answers) {
    this.answers = answers;
  }

  /** Takes any body: the systems of old ignored it. */
  @PostMapping({"/trigger_report", "/trigger_report/"})
  ResponseEntity<Answer> trigger() {
    return answers.trigger();
  }

  /** Answers every client but those that like CSV best, for whom {@link DialectE} is. */
  @GetMapping(
      path = {"/get_report/{id}", "/get_report/{id}/"},
      produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.ALL_VALUE})
  ResponseEntity<Answer> get(@PathVariable String id) {
    return answers.status(id);
  }

  @GetMapping({"/download_report/{id}", "/download_report/{id}/"})
  ResponseEntity<?> download(@PathVariable String id) {
    return answers.download(id);
  }
}
