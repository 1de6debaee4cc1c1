package dev.storewatch.report;

import dev.storewatch.http.Caller;
import dev.storewatch.http.OptionalJson;
import dev.storewatch.http.Paging;
import dev.storewatch.http.Problem;
import dev.storewatch.quality.Findings;
import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.store.Grouping;
import dev.storewatch.store.Scope;
import dev.storewatch.store.ScopeNow;
import dev.storewatch.store.Stores;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
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
@Tag(name = "reports", description = "Reports on the uptime of many stores")
@RestController
@RequestMapping("/api/v1/reports")
class ReportApi {
  private static final String ID = "The id of the report";
  private static final String DETAIL =
      "A row for each store, or for each store and window with every figure; standard if left out"
          + " and the windows are";
  private static final String TOTALS =
      "Whether rows with the sums of all stores follow, in full detail";
  private static final String GROUP_BY =
      "What tags begin with, which make groups: rows with the sums of all stores and of the stores"
          + " with each such tag follow; several times for several kinds of tags";
  private static final String EVENT =
      """
      event: state
      data: {"id":"6f1c2f5e-9f5b-4f6e-8f43-0d6f0a8f4c11","state":"running",...}

      """;

  private static final int MOST_DIFFERENCES = 10_000;

  private static final String AGAIN = "Idempotency-Replayed";

  private final Reports reports;
  private final ReportViews views;
  private final ReportEvents events;
  private final Stores stores;
  private final OptionalJson json;
  private final ReportDesk desk;

  ReportApi(
      Reports reports,
      ReportViews views,
      ReportEvents events,
      Stores stores,
      OptionalJson json,
      ReportDesk desk) {
    this.desk = desk;
    this.reports = reports;
    this.views = views;
    this.events = events;
    this.stores = stores;
    this.json = json;
  }

  /**
   * A page of reports, the newest first.
   *
   * @param reports the reports
   * @param after what to send as {@code after} for the next page; null on the last
   */
  record Page(List<ReportView> reports, @Nullable String after) {}

  @Operation(summary = "Ask for a report; without a body, for the standard one on every store")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      content = @Content(schema = @Schema(implementation = ReportRequestBody.class)))
  @Parameter(
      in = ParameterIn.HEADER,
      name = "Idempotency-Key",
      description = "Requests of a day with one key and one body make one report",
      schema = @Schema(type = "string", minLength = 1, maxLength = 255),
      example = "6f1c2f5e-9f5b-4f6e-8f43-0d6f0a8f4c11")
  @ApiResponse(
      responseCode = "202",
      description = "The report, which is queued; or the one that the same key asked for before",
      headers =
          @Header(
              name = AGAIN,
              description = "true if it is the one of before",
              schema = @Schema(type = "string")))
  @ApiResponse(responseCode = "400", description = "The request is invalid")
  @ApiResponse(responseCode = "413", description = "The body is too large")
  @ApiResponse(responseCode = "415", description = "The body is not sent as JSON")
  @ApiResponse(responseCode = "422", description = "The key came with another request before")
  @ApiResponse(responseCode = "429", description = "Too many reports are queued")
  @PostMapping
  ResponseEntity<ReportView> ask(
      Scope scope,
      Caller caller,
      @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
      @RequestBody(required = false) byte @Nullable [] body)
      throws HttpMediaTypeNotSupportedException {
    Optional<ReportRequestBody> asked =
        json.read(body, headers.getContentType(), ReportRequestBody.class);
    String key = headers.getFirst("Idempotency-Key");
    ReportQueue.Accepted report =
        desk.ask(asked.orElse(null), scope, caller, key == null ? null : new IdempotencyKey(key));
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.accepted().location(URI.create("/api/v1/reports/" + report.report().id()));
    if (report.again()) {
      answer.header(AGAIN, "true");
    }
    return answer.body(views.of(report.report(), scope));
  }

  @Operation(summary = "List reports, the newest first")
  @ApiResponse(responseCode = "200", description = "A page of reports")
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @GetMapping
  Page list(
      Scope scope,
      @RequestParam(defaultValue = "50") int limit,
      @Parameter(description = "The after of the page before") @RequestParam(required = false)
          @Nullable Integer after,
      @Parameter(
              description = "Only those in this state",
              schema = @Schema(allowableValues = {"queued", "running", "complete", "failed"}))
          @RequestParam(required = false)
          @Nullable String state) {
    int most = Paging.checked(limit);
    int before = after == null ? Integer.MAX_VALUE : after;
    List<Report> found = reports.list(most + 1, before, checkedState(state), scope);
    List<Report> page = Paging.page(found, most);
    return new Page(
        views.of(page, scope),
        Paging.hasMore(found, most) ? String.valueOf(page.getLast().number()) : null);
  }

  private static @Nullable String checkedState(@Nullable String state) {
    if (state != null && !ReportState.WORDS.contains(state)) {
      throw Problem.badRequest(
          "state is '%s': use one of %s".formatted(state, String.join(", ", ReportState.WORDS)));
    }
    return state;
  }

  @Operation(summary = "Show how far a report is")
  @ApiResponse(responseCode = "200", description = "The report")
  @ApiResponse(responseCode = "404", description = "There is no such report")
  @GetMapping("/{id}")
  ReportView get(Scope scope, @Parameter(description = ID) @PathVariable String id) {
    return views.of(report(id, scope), scope);
  }

  @Operation(summary = "Cancel a report that waits or runs, or delete one that has ended")
  @ApiResponse(responseCode = "204", description = "It is gone")
  @ApiResponse(responseCode = "404", description = "There is no such report")
  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(Scope scope, @Parameter(description = ID) @PathVariable String id) {
    desk.delete(id, scope);
    return ResponseEntity.noContent().build();
  }

  @Operation(summary = "Tell how far a report is each time it has come farther, until it has ended")
  @ApiResponse(
      responseCode = "200",
      description = "Events 'state' with a ReportView as data, or 'deleted'",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
              schema = @Schema(type = "string", example = EVENT)))
  @ApiResponse(responseCode = "404", description = "There is no such report")
  @ApiResponse(responseCode = "429", description = "Too many clients listen")
  @GetMapping("/{id}/events")
  void events(
      Scope scope,
      ScopeNow scopeNow,
      @Parameter(description = ID) @PathVariable String id,
      HttpServletResponse response)
      throws IOException {
    try {
      ReportEvents.Stream stream = events.listen(report(id, scope), scopeNow);
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
      response.setCharacterEncoding("UTF-8");
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      stream.writeTo(response.getOutputStream());
    } catch (ReportEvents.TooMany e) {
      throw Problem.tooMany(String.valueOf(e.getMessage()), ReportEvents.TooMany.RETRY_AFTER);
    }
  }

  @Operation(summary = "Get the rows of a complete report, as JSON or CSV as the client accepts")
  @ApiResponse(
      responseCode = "200",
      description = "The rows",
      headers =
          @Header(
              name = Findings.HEADER,
              description = Findings.HEADER_TEXT,
              schema = @Schema(type = "string")),
      content = {
        @Content(mediaType = "text/csv", schema = @Schema(type = "string")),
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            array =
                @ArraySchema(
                    schema =
                        @Schema(
                            type = "object",
                            oneOf = {
                              ReportRow.Standard.class,
                              ReportRow.Full.class,
                              ReportRow.Total.class
                            })))
      })
  @ApiResponse(responseCode = "304", description = "They are those of the client's ETag")
  @ApiResponse(responseCode = "400", description = "The detail is not one that the report has")
  @ApiResponse(responseCode = "404", description = "There is no such report")
  @ApiResponse(responseCode = "406", description = "They cannot be had in that form")
  @ApiResponse(responseCode = "409", description = "The report has no rows, or none yet")
  @GetMapping("/{id}/rows")
  ResponseEntity<ReportRows> rows(
      Scope scope,
      @Parameter(description = ID) @PathVariable String id,
      @Parameter(description = DETAIL, schema = @Schema(allowableValues = {"standard", "full"}))
          @RequestParam(required = false)
          @Nullable String detail,
      @Parameter(description = TOTALS) @RequestParam(defaultValue = "false") boolean totals,
      @Parameter(description = GROUP_BY, example = "region")
          @RequestParam(name = "group_by", required = false)
          @Nullable List<String> groupBy) {
    Report report = report(id, scope);
    Grouping wanted = Grouping.of(totals, groupBy == null ? List.of() : groupBy);
    return answer(report, detail(report, detail, wanted), scope, wanted, null);
  }

  @Operation(
      summary = "Compare a complete report with what the data of now, or another report, says",
      description =
          "Without with, the report is computed anew; the answer lists the figures that would be"
              + " printed otherwise, and which kinds of changes touch the store. The report stays"
              + " as it is.")
  @ApiResponse(responseCode = "200", description = "The differences")
  @ApiResponse(
      responseCode = "400",
      description = "The limit is invalid, or the reports have not as many windows")
  @ApiResponse(responseCode = "404", description = "There is no such report")
  @ApiResponse(responseCode = "409", description = "A report has no rows, or none yet")
  @ApiResponse(responseCode = "429", description = "Another report is being compared")
  @GetMapping("/{id}/comparison")
  ComparisonView compare(
      Scope scope,
      @Parameter(description = ID) @PathVariable String id,
      @Parameter(
              description = "The most differences that are listed; all are counted",
              schema = @Schema(minimum = "1", maximum = "10000"))
          @RequestParam(defaultValue = "1000")
          int limit,
      @Parameter(description = "The id of another complete report; the data of now if left out")
          @RequestParam(required = false)
          @Nullable String with) {
    if (limit < 1 || limit > MOST_DIFFERENCES) {
      throw Problem.badRequest(
          "limit is %d: use a number from 1 to %d".formatted(limit, MOST_DIFFERENCES));
    }
    return desk.compare(id, with, scope, limit);
  }

  @Operation(summary = "Download the rows of a complete report as CSV")
  @ApiResponse(
      responseCode = "200",
      description = "The file",
      headers =
          @Header(
              name = Findings.HEADER,
              description = Findings.HEADER_TEXT,
              schema = @Schema(type = "string")),
      content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
  @ApiResponse(responseCode = "304", description = "It is that of the client's ETag")
  @ApiResponse(responseCode = "400", description = "The detail is not one that the report has")
  @ApiResponse(responseCode = "404", description = "There is no such report")
  @ApiResponse(responseCode = "409", description = "The report has no rows, or none yet")
  @GetMapping("/{id}.csv")
  ResponseEntity<ReportRows> file(
      Scope scope,
      @Parameter(description = ID) @PathVariable String id,
      @Parameter(description = DETAIL, schema = @Schema(allowableValues = {"standard", "full"}))
          @RequestParam(required = false)
          @Nullable String detail,
      @Parameter(description = TOTALS) @RequestParam(defaultValue = "false") boolean totals,
      @Parameter(description = GROUP_BY, example = "region")
          @RequestParam(name = "group_by", required = false)
          @Nullable List<String> groupBy) {
    Report report = report(id, scope);
    Grouping wanted = Grouping.of(totals, groupBy == null ? List.of() : groupBy);
    Detail chosen = detail(report, detail, wanted);
    String name = chosen == Detail.FULL ? "report-%s-full.csv" : "report-%s.csv";
    return answer(report, chosen, scope, wanted, name.formatted(report.id()));
  }

  @Operation(summary = "Download the rows of a complete report as JSON")
  @ApiResponse(
      responseCode = "200",
      description = "The file, in full detail",
      headers =
          @Header(
              name = Findings.HEADER,
              description = Findings.HEADER_TEXT,
              schema = @Schema(type = "string")),
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              array =
                  @ArraySchema(
                      schema =
                          @Schema(
                              type = "object",
                              oneOf = {ReportRow.Full.class, ReportRow.Total.class}))))
  @ApiResponse(responseCode = "304", description = "It is that of the client's ETag")
  @ApiResponse(responseCode = "400", description = "There is nothing to group by")
  @ApiResponse(responseCode = "404", description = "There is no such report")
  @ApiResponse(responseCode = "409", description = "The report has no rows, or none yet")
  @GetMapping("/{id}.json")
  ResponseEntity<ReportRows> jsonFile(
      Scope scope,
      @Parameter(description = ID) @PathVariable String id,
      @Parameter(description = TOTALS) @RequestParam(defaultValue = "false") boolean totals,
      @Parameter(description = GROUP_BY, example = "region")
          @RequestParam(name = "group_by", required = false)
          @Nullable List<String> groupBy) {
    Report report = report(id, scope);
    Grouping wanted = Grouping.of(totals, groupBy == null ? List.of() : groupBy);
    String name = "report-%s.json".formatted(report.id());
    return answer(report, Detail.FULL, scope, wanted, name);
  }

  private static Detail detail(Report report, @Nullable String word, Grouping wanted) {
    if (wanted.isWanted() && "standard".equals(word)) {
      throw Problem.badRequest("totals are rows of the full detail: use detail=full with them");
    }
    return switch (word == null ? "" : word) {
      case "standard" -> Detail.STANDARD;
      case "full" -> Detail.FULL;
      case "" -> wanted.isWanted() ? Detail.FULL : ReportRows.usualDetail(report);
      default -> throw Problem.badRequest("detail is '%s': use standard or full".formatted(word));
    };
  }

  /**
   * Returns an answer with rows. They never change, so their checksum is the ETag. An answer to a
   * caller who may not see all of them has no ETag, because what that caller sees changes with the
   * tags of stores; one with totals has none either, since groups are made of tags.
   *
   * @param fileName what to call the file of a download; null for none
   */
  private ResponseEntity<ReportRows> answer(
      Report report, Detail detail, Scope scope, Grouping wanted, @Nullable String fileName) {
    String tag =
        ReportDesk.complete(report).checksum() + "-" + detail.name().toLowerCase(Locale.ROOT);
    ReportRows rows = rows(report, detail, scope, wanted);
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok().varyBy(HttpHeaders.ACCEPT);
    if (rows.isWhole() && !wanted.isWanted()) {
      // A weak tag, because the rows may be compressed on the way. A cache must ask each time,
      // because the report may have been deleted.
      answer.eTag("W/\"" + tag + "\"").cacheControl(CacheControl.noCache());
    }
    String notices = report.state().foundIn().header();
    if (notices != null) {
      answer.header(Findings.HEADER, notices);
    }
    if (fileName != null) {
      // The path decides the format, whatever the client accepts.
      answer.contentType(
          fileName.endsWith(".json") ? MediaType.APPLICATION_JSON : ReportRowsConverter.CSV_UTF8);
      answer.header(
          HttpHeaders.CONTENT_DISPOSITION,
          ContentDisposition.attachment().filename(fileName).build().toString());
    }
    return answer.body(rows);
  }

  private ReportRows rows(Report report, Detail detail, Scope scope, Grouping wanted) {
    return wanted.isWanted()
        ? ReportRows.withTotals(reports, report, scope, stores.registry(), wanted)
        : new ReportRows(reports, report, detail, scope);
  }

  private Report report(String id, Scope scope) {
    return desk.report(id, scope);
  }
}
