package dev.storewatch.outage;

import dev.storewatch.http.CsvOrJson;
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
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to outages added up. */
@Tag(name = "outages")
@RestController
@RequestMapping("/api/v1/outages/summary")
class OutageSummaryApi {
  private final OutageSummaries summaries;

  OutageSummaryApi(OutageSummaries summaries) {
    this.summaries = summaries;
  }

  @Operation(
      operationId = "outageSummary",
      summary = "Add up the outages of stores in a period",
      description =
          "How many there were, the open time that they cost, the longest, and the mean times to"
              + " recover and between. An outage that reaches over an edge of the period counts"
              + " with the open time inside. As JSON in pages of stores, the first with the totals"
              + " of all and of groups; or whole as CSV, a row for each store, or for each group.")
  @ApiResponse(
      responseCode = "200",
      description = "A page of stores, or all rows as CSV",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = OutageSummary.Page.class)),
        @Content(mediaType = CsvOrJson.CSV, schema = @Schema(type = "string"))
      })
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @ApiResponse(responseCode = "406", description = "They cannot be had in that form")
  @GetMapping
  ResponseEntity<?> summary(
      Scope scope,
      @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
      @Parameter(
              description = "When the period begins; seven days before the newest poll without it",
              schema = @Schema(format = "date-time"))
          @RequestParam(required = false)
          @Nullable String from,
      @Parameter(
              description = "When the period ends; with the newest poll without it",
              schema = @Schema(format = "date-time"))
          @RequestParam(required = false)
          @Nullable String to,
      @Described.Store @RequestParam(required = false) @Nullable String store,
      @Described.Tags @RequestParam(required = false) @Nullable List<String> tag,
      @Parameter(
              description = "Add up groups of stores too: what their tags begin with",
              example = "region")
          @RequestParam(name = "group_by", required = false)
          @Nullable List<String> groupBy,
      @Parameter(description = "The most stores on a page") @RequestParam(defaultValue = "50")
          int limit,
      @Parameter(description = "The after of the page before") @RequestParam(required = false)
          @Nullable String after)
      throws HttpMediaTypeNotAcceptableException {
    // The mapping does not say what it produces: to a client that takes something else, the path
    // would be that of an outage with the id summary.
    CsvOrJson.checkAccepted(headers.getAccept());
    int most = Paging.checked(limit);
    OutageSummary summary =
        summary(scope, new OutageSummaryQuery.Asked(from, to, store, orNone(tag), orNone(groupBy)));
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok().varyBy(HttpHeaders.ACCEPT);
    return CsvOrJson.prefersCsv(headers.getAccept())
        ? answer.contentType(CsvOrJson.CSV_UTF8).body(csv(summary))
        : answer.contentType(MediaType.APPLICATION_JSON).body(summary.page(after, most));
  }

  private OutageSummary summary(Scope scope, OutageSummaryQuery.Asked asked) {
    try {
      return summaries.of(scope, asked);
    } catch (UnknownStore e) {
      throw Problem.notFound(e);
    }
  }

  private static List<String> orNone(@Nullable List<String> words) {
    return Objects.requireNonNullElse(words, List.of());
  }

  private static StreamedText csv(OutageSummary summary) {
    return new StreamedText(
        out ->
            summary.forEach(
                new OutageSummaryRows(OutageRows.Format.CSV, summary.isGrouped(), out)));
  }
}
