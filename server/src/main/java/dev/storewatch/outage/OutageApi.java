package dev.storewatch.outage;

import dev.storewatch.http.Paging;
import dev.storewatch.http.Problem;
import dev.storewatch.http.StreamedText;
import dev.storewatch.store.Scope;
import dev.storewatch.store.UnknownStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to outages, as they were found when polls came in. */
@Tag(name = "outages", description = "When stores were down, and are")
@RestController
@RequestMapping("/api/v1")
class OutageApi {
  private static final String CSV = "text/csv;charset=UTF-8";
  private static final String ICALENDAR = "text/calendar";

  private final OutageBook book;

  OutageApi(OutageBook book) {
    this.book = book;
  }

  /**
   * A page of outages, the latest first.
   *
   * @param outages the outages
   * @param after what to send as {@code after} for the next page; null on the last
   */
  record OutagePage(List<OutageView> outages, @Nullable String after) {}

  @Operation(
      operationId = "outageList",
      summary = "List outages, the latest first",
      description =
          "An outage is down time without any up or unknown open time in it: closing time does not"
              + " end it. They are found as polls come in, by the rule nearest and a carry limit of"
              + " 24 hours; a late poll corrects them.")
  @ApiResponse(responseCode = "200", description = "A page of outages")
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @GetMapping("/outages")
  OutagePage list(
      Scope scope,
      @Described.State @RequestParam(required = false) @Nullable String state,
      @Described.Store @RequestParam(required = false) @Nullable String store,
      @Described.Tags @RequestParam(required = false) @Nullable List<String> tag,
      @Described.From @RequestParam(required = false) @Nullable String from,
      @Described.To @RequestParam(required = false) @Nullable String to,
      @Parameter(description = "The most outages on a page") @RequestParam(defaultValue = "50")
          int limit,
      @Parameter(description = "The after of the page before") @RequestParam(required = false)
          @Nullable String after) {
    int most = Paging.checked(limit);
    OutageQuery query = OutageQuery.parse(state, store, tag, from, to);
    OutageBook.Page page = answer(() -> book.page(scope, query, after, most));
    return new OutagePage(page.outages(), page.hasMore() ? page.outages().getLast().id() : null);
  }

  @Operation(
      operationId = "outageCsv",
      summary = "Download outages as CSV, the latest first",
      description = "All of them at once, with the columns of the list.")
  @ApiResponse(
      responseCode = "200",
      description = "All outages",
      content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @GetMapping(path = "/outages.csv", produces = "text/csv")
  ResponseEntity<StreamedText> csv(
      Scope scope,
      @Described.State @RequestParam(required = false) @Nullable String state,
      @Described.Store @RequestParam(required = false) @Nullable String store,
      @Described.Tags @RequestParam(required = false) @Nullable List<String> tag,
      @Described.From @RequestParam(required = false) @Nullable String from,
      @Described.To @RequestParam(required = false) @Nullable String to) {
    // What is wrong is told before the first row is written.
    OutageQuery query =
        answer(() -> book.checked(scope, OutageQuery.parse(state, store, tag, from, to)));
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(CSV))
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"outages.csv\"")
        .body(new StreamedText(out -> writeCsv(scope, query, out)));
  }

  private void writeCsv(Scope scope, OutageQuery query, PrintWriter out) {
    OutageRows.header(OutageRows.Format.CSV, out);
    book.forEach(
        scope,
        query,
        outage -> {
          OutageRows.row(OutageRows.Format.CSV, outage, out);
          return !out.checkError();
        });
  }

  @Operation(
      operationId = "outageCalendar",
      summary = "Download outages as a calendar (iCalendar, RFC 5545), the latest first",
      description =
          "An event for each, in UTC: 5,000 at most, those of the last 90 days if no from is given."
              + " One that goes on ends now, and its summary says so far. One that was withdrawn is"
              + " left out.")
  @ApiResponse(
      responseCode = "200",
      description = "The calendar",
      content = @Content(mediaType = ICALENDAR, schema = @Schema(type = "string")))
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @GetMapping(path = "/outages.ics", produces = ICALENDAR)
  ResponseEntity<StreamedText> calendar(
      Scope scope,
      @Described.State @RequestParam(required = false) @Nullable String state,
      @Described.Store @RequestParam(required = false) @Nullable String store,
      @Described.Tags @RequestParam(required = false) @Nullable List<String> tag,
      @Described.From @RequestParam(required = false) @Nullable String from,
      @Described.To @RequestParam(required = false) @Nullable String to) {
    OutageQuery query =
        answer(() -> book.checked(scope, OutageQuery.parse(state, store, tag, from, to)));
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(ICALENDAR + ";charset=UTF-8"))
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"outages.ics\"")
        .body(new StreamedText(out -> book.writeCalendar(scope, query, out)));
  }

  @Operation(
      operationId = "outageGet",
      summary = "Show an outage, and what was said of it before it was corrected")
  @ApiResponse(responseCode = "200", description = "The outage")
  @ApiResponse(responseCode = "404", description = "There is no such outage")
  @GetMapping("/outages/{id}")
  OutageHistory get(
      Scope scope, @Parameter(description = "The id of the outage") @PathVariable String id) {
    return answer(() -> book.get(scope, id));
  }

  private static <T> T answer(Supplier<T> call) {
    try {
      return call.get();
    } catch (UnknownStore | UnknownOutage e) {
      throw Problem.notFound(e);
    }
  }
}
