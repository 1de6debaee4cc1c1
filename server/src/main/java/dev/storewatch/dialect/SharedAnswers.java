package dev.storewatch.dialect;

import dev.storewatch.audit.AuditNote;
import dev.storewatch.http.Caller;
import dev.storewatch.http.Problem;
import dev.storewatch.http.SmallBody;
import dev.storewatch.input.WrongInput;
import dev.storewatch.quality.Findings;
import dev.storewatch.report.Report;
import dev.storewatch.report.ReportQueue;
import dev.storewatch.report.ReportRequest;
import dev.storewatch.report.ReportRows;
import dev.storewatch.report.ReportState;
import dev.storewatch.report.Reports;
import dev.storewatch.report.StoreCsv;
import dev.storewatch.store.Scope;
import dev.storewatch.store.ScopeNow;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** What the old systems answer in the same words. */
@Component
final class SharedAnswers {
  /** The header that says how far a report is, beside its file. */
  static final String STATUS = "X-Report-Status";

  static final String NOT_FOUND = "Report not found";
  private static final MediaType CSV = MediaType.parseMediaType("text/csv");
  private static final MediaType CSV_UTF8 = MediaType.parseMediaType("text/csv;charset=UTF-8");

  private final Reports reports;
  private final ReportQueue queue;
  private final DialectSettings settings;

  SharedAnswers(Reports reports, ReportQueue queue, DialectSettings settings) {
    this.reports = reports;
    this.queue = queue;
    this.settings = settings;
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

  /**
   * Returns whether a client wants the file of a report where it may have the state too: because it
   * accepts {@code text/csv} best, or because that is set.
   */
  boolean wantsFile(HttpServletRequest request) {
    return settings.answersWithFile()
        || likesCsvBest(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
  }

  private static boolean likesCsvBest(List<String> accept) {
    try {
      List<MediaType> types = new ArrayList<>(MediaType.parseMediaTypes(accept));
      // What is liked equally is in the order of the client.
      types.sort(Comparator.comparingDouble(MediaType::getQualityValue).reversed());
      for (MediaType type : types) {
        if (type.isWildcardType() || type.getQualityValue() == 0) {
          return false;
        }
        if (type.equalsTypeAndSubtype(CSV)
            || type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)) {
          return type.equalsTypeAndSubtype(CSV);
        }
      }
      return false;
    } catch (InvalidMediaTypeException e) {
      return false; // which is a client that says nothing
    }
  }

  /** Answers how far a report is, with the place of its file when it is complete. */
  ResponseEntity<Answer> status(String id, String fileUrl, Scope scope) {
    return find(id, scope)
        .map(report -> ok(report, status(report, fileUrl)))
        .orElseGet(() -> error(NOT_FOUND));
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

  /** Answers with the file of a complete report; one that failed is answered as if not there. */
  ResponseEntity<?> fileOrNothing(String id, Scope scope) {
    return find(id, scope)
        .filter(report -> !(report.state() instanceof ReportState.Failed))
        .<ResponseEntity<?>>map(report -> fileWithStatus(report, scope))
        .orElseGet(() -> error(NOT_FOUND));
  }

  /** Answers with the file of a complete report, or with how far it is; a header says that too. */
  ResponseEntity<?> fileWithStatus(String id, Scope scope) {
    return find(id, scope)
        .<ResponseEntity<?>>map(report -> fileWithStatus(report, scope))
        .orElseGet(() -> error(NOT_FOUND));
  }

  private ResponseEntity<?> fileWithStatus(Report report, Scope scope) {
    String status = word(report.state());
    return report.state() instanceof ReportState.Complete
        ? file(report, CSV).header(STATUS, status).body(rows(report, scope))
        : answer(report)
            .header(STATUS, status)
            .contentType(MediaType.APPLICATION_JSON)
            .body(status(report, ""));
  }

  /** What a call does with the fields of its body, for a caller who may see some stores. */
  interface WithBody {
    ResponseEntity<?> answer(SentFields sent, Scope scope);
  }

  /**
   * Reads the body of a call, looks again at what the caller may do, since a body may be on its way
   * for long, and answers; with 400 when the body does not say what it must.
   *
   * @param example a body that would be right, as JSON
   */
  ResponseEntity<?> withBody(
      HttpServletRequest request, ScopeNow scope, String example, WithBody call)
      throws IOException {
    try {
      SentFields sent = SentFields.of(SmallBody.read(request), request.getContentType(), example);
      Scope now =
          scope
              .get()
              .orElseThrow(
                  () ->
                      Problem.forbidden(
                          "what you may do was changed while the body was on its way: send it"
                              + " again"));
      return call.answer(sent, now);
    } catch (WrongInput e) {
      return error(HttpStatus.BAD_REQUEST, e);
    }
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
      return error(NOT_FOUND);
    }
    Report report = found.get();
    return report.state() instanceof ReportState.Complete
        ? file(report).body(rows(report, scope))
        : error("Report is not complete");
  }

  /** Begins an answer with a file, as the systems sent it that were made with FastAPI. */
  ResponseEntity.BodyBuilder file(Report report) {
    return file(report, CSV_UTF8);
  }

  private ResponseEntity.BodyBuilder file(Report report, MediaType type) {
    return answer(report)
        .contentType(type)
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
