package dev.storewatch.report;

import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.system.OptionalJson;
import dev.storewatch.system.Paging;
import dev.storewatch.system.Problem;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to reports. */
@RestController
@RequestMapping("/api/v1/reports")
class ReportApi {
  private final Reports reports;
  private final ReportQueue queue;
  private final OptionalJson json;

  ReportApi(Reports reports, ReportQueue queue, OptionalJson json) {
    this.reports = reports;
    this.queue = queue;
    this.json = json;
  }

  /**
   * A page of reports, the newest first.
   *
   * @param reports the reports
   * @param after what to send as {@code after} for the next page; null on the last
   */
  record Page(List<ReportView> reports, @Nullable String after) {}

  @PostMapping
  ResponseEntity<ReportView> ask(
      @RequestHeader HttpHeaders headers, @RequestBody(required = false) byte @Nullable [] body)
      throws HttpMediaTypeNotSupportedException {
    Optional<AskBody> asked = json.read(body, headers.getContentType(), AskBody.class);
    try {
      Report report = queue.ask(asked.map(AskBody::toOrder).orElseGet(ReportOrder::standard));
      return ResponseEntity.accepted()
          .location(URI.create("/api/v1/reports/" + report.id()))
          .body(view(report));
    } catch (IllegalArgumentException | FleetReport.UnknownStores e) {
      throw Problem.badRequest(e);
    }
  }

  private ReportView view(Report report) {
    return ReportView.of(report, queue.progress(report.number()));
  }

  @GetMapping
  Page list(
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable Integer after) {
    int most = Paging.checked(limit);
    List<Report> found = reports.list(most + 1, after == null ? Integer.MAX_VALUE : after);
    List<Report> page = Paging.page(found, most);
    return new Page(
        page.stream().map(this::view).toList(),
        Paging.hasMore(found, most) ? String.valueOf(page.getLast().number()) : null);
  }

  @GetMapping("/{id}")
  ReportView get(@PathVariable String id) {
    return view(report(id));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(@PathVariable String id) {
    if (!queue.delete(report(id))) {
      throw unknown(id);
    }
    return ResponseEntity.noContent().build();
  }

  @GetMapping("/{id}/rows")
  ResponseEntity<ReportRows> rows(
      @PathVariable String id, @RequestParam(required = false) @Nullable String detail) {
    Report report = report(id);
    Detail chosen = detail(report, detail);
    return answer(report, chosen).body(rows(report, chosen));
  }

  @GetMapping(path = "/{id}.csv", produces = ReportRowsConverter.CSV)
  ResponseEntity<ReportRows> file(
      @PathVariable String id, @RequestParam(required = false) @Nullable String detail) {
    Report report = report(id);
    Detail chosen = detail(report, detail);
    String name = chosen == Detail.FULL ? "report-%s-full.csv" : "report-%s.csv";
    return answer(report, chosen)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name.formatted(id)).build().toString())
        .body(rows(report, chosen));
  }

  private static Detail detail(Report report, @Nullable String word) {
    return switch (word == null ? "" : word) {
      case "standard" -> Detail.STANDARD;
      case "full" -> Detail.FULL;
      case "" -> ReportRows.usualDetail(report);
      default -> throw Problem.badRequest("detail is '%s': use standard or full".formatted(word));
    };
  }

  /** Starts the answer that brings rows; they never change, so their checksum is their tag. */
  private ResponseEntity.BodyBuilder answer(Report report, Detail detail) {
    String tag = complete(report).checksum() + "-" + detail.name().toLowerCase(Locale.ROOT);
    // A weak tag, because the rows may be compressed on the way; the cache asks whether they exist.
    return ResponseEntity.ok()
        .eTag("W/\"" + tag + "\"")
        .cacheControl(CacheControl.noCache())
        .varyBy(HttpHeaders.ACCEPT);
  }

  private ReportState.Complete complete(Report report) {
    return switch (report.state()) {
      case ReportState.Complete complete -> complete;
      case ReportState.Failed failed ->
          throw Problem.conflict(
              "report %s failed, so it has no rows: %s".formatted(report.id(), failed.reason()));
      case ReportState.Queued queued -> throw notYet(report);
      case ReportState.Running running -> throw notYet(report);
    };
  }

  private static ErrorResponseException notYet(Report report) {
    return Problem.conflict(
        "report %s is %s: ask for its rows when the state at /api/v1/reports/%s is complete"
            .formatted(report.id(), report.state().word(), report.id()));
  }

  private ReportRows rows(Report report, Detail detail) {
    try {
      return new ReportRows(reports, report, detail);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(e);
    }
  }

  private Report report(String id) {
    return reports.find(id).orElseThrow(() -> unknown(id));
  }

  private static ErrorResponseException unknown(String id) {
    return Problem.notFound(
        "there is no report with the id %s: list the reports at /api/v1/reports, or ask for a new one with POST"
            .formatted(id));
  }
}
