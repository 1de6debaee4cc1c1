package dev.storewatch.timeline;

import dev.storewatch.http.Paging;
import dev.storewatch.store.Scope;
import dev.storewatch.store.StoreDetails;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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
      @Described.From @RequestParam(required = false) @Nullable String from,
      @Described.To @RequestParam(required = false) @Nullable String to,
      @Described.InWindows @RequestParam(required = false) @Nullable String windows,
      @Described.AsOf @RequestParam(name = "as_of", defaultValue = "latest") String asOf,
      @Described.ByRule @RequestParam(defaultValue = "nearest") String rule,
      @Described.Carry @RequestParam(defaultValue = "PT24H") String carry,
      @Described.LateClose @RequestParam(name = "late_close_as_midnight", required = false)
          @Nullable Boolean lateClose) {
    int most = Paging.checked(limit);
    List<String> tags = StoreDetails.checkTags(tag == null ? List.of() : tag);
    Terms asked = terms.read(scope, asOf, rule, carry, lateClose);
    AskedWindow.Asked spans =
        AskedWindow.listOf(
            asked,
            asked.period(from, to),
            windows,
            null,
            () -> terms.today(scope, tags, asked.asOf()));
    UptimeMeter.Page page = meter.measurePage(scope, tags, after, most, asked, spans);
    return FleetUptimeView.of(asked, page);
  }
}
