package dev.storewatch.dialect;

import dev.storewatch.audit.AuditNote;
import dev.storewatch.http.Caller;
import dev.storewatch.http.Problem;
import dev.storewatch.quality.Findings;
import dev.storewatch.report.Report;
import dev.storewatch.report.ReportQueue;
import dev.storewatch.report.ReportRequest;
import dev.storewatch.report.ReportRows;
import dev.storewatch.report.ReportState;
import dev.storewatch.report.Reports;
import dev.storewatch.report.StoreCsv;
import dev.storewatch.store.Scope;
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

  /** Requests a report on all stores that the caller may see, and answers with its id. */
  ResponseEntity<Answer> trigger(Scope scope, Caller caller) {
    return ok(Answer.started(submit(ReportRequest.standard(scope), caller).id()));
  }

  /** Requests a report. */
  Report submit(ReportRequest request, Caller caller) {
    try {
      Report report = queue.submit(request, caller);
      AuditNote.of("/api/v1/reports/" + report.id()).leave();
      return report;
    } catch (ReportQueue.Full e) {
      throw Problem.tooMany(String.valueOf(e.getMessage()), ReportQueue.Full.RETRY_AFTER);
    }
  }

  Optional<Report> find(String id, Scope scope) {
    return reports.find(id, scope);
  }

  Optional<Report> find(int number, Scope scope) {
    return reports.find(number, scope);
  }

  /** Answers how far a report is, with the place of its file when it is complete. */
  ResponseEntity<Answer> status(String id, Scope scope) {
    return find(id, scope)
        .map(report -> ok(report, status(report, "/download_report/" + report.id())))
        .orElseGet(() -> error("Report not found"));
  }

  Answer status(Report report, String fileUrl) {
    String word = word(report.state());
    return switch (report.state()) {
      case ReportState.Queued queued -> Answer.status(word);
      case ReportState.Running running -> Answer.status(word);
      case ReportState.Complete complete -> Answer.complete(word, fileUrl);
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
  ResponseEntity<?> download(String id, Scope scope) {
    Optional<Report> found = find(id, scope);
    if (found.isEmpty()) {
      return error("Report not found");
    }
    Report report = found.get();
    return report.state() instanceof ReportState.Complete
        ? file(report).body(rows(report, scope))
        : error("Report is not complete");
  }

  ResponseEntity.BodyBuilder file(Report report) {
    return answer(report)
        .contentType(CSV)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename("report-" + report.id() + ".csv")
                .build()
                .toString());
  }

  ReportRows rows(Report report, Scope scope) {
    return new ReportRows(reports, report, ReportRows.usualDetail(report), scope);
  }

  /** Returns the rows of a report on one store, in the columns of {@link DialectC}. */
  ReportRows rowsOfOneStore(Report report, Scope scope) {
    return new ReportRows(reports, report, scope, (spec, format, out) -> new StoreCsv(spec, out));
  }

  /** Begins an answer on a report, with its notices as a header: a body has no place for them. */
  ResponseEntity.BodyBuilder answer(Report report) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
    String notices = report.state().foundIn().header();
    return notices == null ? answer : answer.header(Findings.HEADER, notices);
  }

  /** Answers on a report in JSON whatever the client accepts, as the old systems did. */
  <T> ResponseEntity<T> ok(Report report, T answer) {
    return answer(report).contentType(MediaType.APPLICATION_JSON).body(answer);
  }

  /** Answers in JSON whatever the client accepts, as the old systems did. */
  static <T> ResponseEntity<T> ok(T answer) {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(answer);
  }

  static ResponseEntity<Answer> error(HttpStatus status, RuntimeException reason) {
    return error(status, String.valueOf(reason.getMessage()));
  }

  static ResponseEntity<Answer> error(String text) {
    return error(HttpStatus.NOT_FOUND, text);
  }

  private static ResponseEntity<Answer> error(HttpStatus status, String text) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_JSON)
        .body(Answer.error(text));
  }
}
