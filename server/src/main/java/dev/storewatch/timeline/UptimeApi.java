package dev.storewatch.timeline;

import dev.storewatch.http.Problem;
import dev.storewatch.store.Scope;
import dev.storewatch.store.UnknownStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to the uptime of one store. */
@Tag(name = "uptime", description = "The uptime of one store, measured and explained")
@RestController
@RequestMapping("/api/v1/stores/{storeId}/uptime")
class UptimeApi {
  private final UptimeMeter meter;
  private final Terms.Reader terms;

  UptimeApi(UptimeMeter meter, Terms.Reader terms) {
    this.meter = meter;
    this.terms = terms;
  }

  @Operation(
      summary = "Measure the uptime of a store at once: in windows up to as-of, or in any period",
      description =
          "Give from and to, or windows; step cuts one period into parts, which sum to it under"
              + " the rules nearest and previous.")
  @ApiResponse(responseCode = "200", description = "The times in seconds, and the percentage")
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @GetMapping
  UptimeView measure(
      Scope scope,
      @Parameter(description = "The id of the store") @PathVariable String storeId,
      @Described.From @RequestParam(required = false) @Nullable String from,
      @Described.To @RequestParam(required = false) @Nullable String to,
      @Described.InWindows @RequestParam(required = false) @Nullable String windows,
      @Parameter(
              description = "The length of the parts of the period",
              schema = @Schema(format = "duration"),
              example = "P1D")
          @RequestParam(required = false)
          @Nullable String step,
      @Described.AsOf @RequestParam(name = "as_of", defaultValue = "latest") String asOf,
      @Described.ByRule @RequestParam(defaultValue = "nearest") String rule,
      @Described.Carry @RequestParam(defaultValue = "PT24H") String carry,
      @Described.LateClose @RequestParam(name = "late_close_as_midnight", required = false)
          @Nullable Boolean lateClose) {
    try {
      Terms asked = terms.read(scope, asOf, rule, carry, lateClose);
      AskedWindow.Asked spans =
          AskedWindow.listOf(
              asked,
              asked.period(from, to),
              windows,
              step,
              () -> terms.today(scope, storeId, asked.asOf()));
      return UptimeView.of(asked, meter.measure(scope, storeId, asked, spans));
    } catch (UnknownStore e) {
      throw Problem.notFound(e);
    }
  }
}
