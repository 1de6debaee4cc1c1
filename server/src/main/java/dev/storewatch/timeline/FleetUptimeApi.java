package dev.storewatch.timeline;

import dev.storewatch.http.Paging;
import dev.storewatch.store.Scope;
import dev.storewatch.store.StoreDetails;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The native interface to the uptime of several stores at once, for those who may not ask for
 * reports, or need no file.
 */
@Tag(name = "uptime")
@RestController
@RequestMapping("/api/v1/uptime")
class FleetUptimeApi {
  private final UptimeMeter meter;
  private final Terms.Reader terms;

  FleetUptimeApi(UptimeMeter meter, Terms.Reader terms) {
    this.meter = meter;
    this.terms = terms;
  }

  @Operation(
      summary = "Measure the uptime of stores at once, for example of those with a tag",
      description = "Page by page in the order of ids; a report computes a whole fleet faster.")
  @ApiResponse(responseCode = "200", description = "A page of stores, with times in seconds")
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @GetMapping
  FleetUptimeView measure(
      Scope scope,
      @Parameter(description = "A tag that the stores have; several for stores that have all")
          @RequestParam(required = false)
          @Nullable List<String> tag,
      @RequestParam(defaultValue = "50") int limit,
      @Parameter(description = "The after of the page before") @RequestParam(required = false)
          @Nullable String after,
      @Parameter(
              description = "The first instant of the period",
              schema = @Schema(format = "date-time"))
          @RequestParam(required = false)
          @Nullable String from,
      @Parameter(
              description = "The first instant after the period; not after as-of",
              schema = @Schema(format = "date-time"))
          @RequestParam(required = false)
          @Nullable String to,
      @Parameter(description = "Lengths up to as-of, separated by commas; PT1H,P1D,P7D if neither")
          @RequestParam(required = false)
          @Nullable String windows,
      @Parameter(description = TimelineApi.AS_OF)
          @RequestParam(name = "as_of", defaultValue = "latest")
          String asOf,
      @Parameter(
              description = "How a status follows from the polls",
              schema =
                  @Schema(
                      allowableValues = {"nearest", "previous", "ratio"},
                      defaultValue = "nearest"))
          @RequestParam(defaultValue = "nearest")
          String rule,
      @Parameter(
              description = TimelineApi.CARRY,
              schema = @Schema(format = "duration", defaultValue = "PT24H"))
          @RequestParam(defaultValue = "PT24H")
          String carry,
      @Parameter(description = TimelineApi.LATE_CLOSE)
          @RequestParam(name = "late_close_as_midnight", required = false)
          @Nullable Boolean lateClose) {
    int most = Paging.checked(limit);
    List<String> tags = StoreDetails.checkTags(tag == null ? List.of() : tag);
    Terms asked = terms.read(scope, asOf, rule, carry, lateClose);
    List<AskedWindow> spans =
        AskedWindow.listOf(asked.asOf(), asked.period(from, to), windows, null);
    UptimeMeter.Page page =
        meter.measurePage(
            scope, tags, after, most, asked, spans.stream().map(AskedWindow::span).toList());
    return FleetUptimeView.of(asked, spans, page);
  }
}
