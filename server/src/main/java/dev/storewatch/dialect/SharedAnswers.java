package dev.storewatch.dialect;

import dev.storewatch.report.Report;
import dev.storewatch.report.ReportOrder;
import dev.storewatch.report.ReportQueue;
import dev.storewatch.report.ReportRows;
import dev.storewatch.report.ReportState;
import dev.storewatch.report.Reports;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** What the systems B, D and E answer in the same words. */
@Component
final class SharedAnswers {
  private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");

  private final Reports reports;
  private final ReportQueue queue;

  SharedAnswers(Reports reports, ReportQueue queue) {
    this.reports = reports;
    this.queue = queue;
  }

  /** Asks for a report on all stores, and answers with its id. */
  ResponseEntity<Answer> trigger() {
    return ok(Answer.started(queue.ask(ReportOrder.standard()).id()));
  }

  Optional<Report> find(String id) {
    return reports.find(id);
  }

  /** Answers how far a report is, with the place of its file when it is complete. */
  ResponseEntity<Answer> status(String id) {
    return find(id).map(report -> ok(status(report))).orElseGet(() -> error("Report not found"));
  }

  Answer status(Report report) {
    String word = word(report.state());
    return switch (report.state()) {
      case ReportState.Queued queued -> Answer.status(word);
      case ReportState.Running running -> Answer.status(word);
      case ReportState.Complete complete ->
          Answer.complete(word, "/download_report/" + report.id());
      case ReportState.Failed failed -> Answer.failed(word, failed.reason());
    };
  }

  /** Returns the word of the old systems for a state; a queued report counts as running. */
  String word(ReportState state) {
    return switch (state) {
      case ReportState.Queued queued -> "Running";
      case ReportState.Running running -> "Running";
      case ReportState.Complete complete -> "Complete";
      case ReportState.Failed failed -> "Failed";
    };
  }

  /** Answers with the file of a complete report, as a download. */
  ResponseEntity<?> download(String id) {
    Optional<Report> found = find(id);
    if (found.isEmpty()) {
      return error("Report not found");
    }
    Report report = found.get();
    return report.state() instanceof ReportState.Complete
        ? file(report).body(rows(report))
        : error("Report is not complete");
  }

  ResponseEntity.BodyBuilder file(Report report) {
    return ResponseEntity.ok()
        .contentType(CSV)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename("report-" + report.id() + ".csv")
                .build()
                .toString());
  }

  ReportRows rows(Report report) {
    return new ReportRows(reports, report, ReportRows.usualDetail(report));
  }

  /** Answers in JSON whatever the client accepts, as the systems of old did. */
  private static ResponseEntity<Answer> ok(Answer answer) {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(answer);
  }

  static ResponseEntity<Answer> error(String text) {
    return ResponseEntity.status(HttpStatus.NOT_FOUND)
        .contentType(MediaType.APPLICATION_JSON)
        .body(Answer.error(text));
  }
}
