package dev.storewatch.calendar;

import dev.storewatch.entry.CalendarTimes;
import dev.storewatch.hours.LateClose;
import dev.storewatch.store.HoursSettings;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to the real days of a store. */
@Tag(name = "hours")
@RestController
@RequestMapping("/api/v1/stores/{storeId}/calendar")
class CalendarApi {
  private final Stores stores;
  private final Clock clock;
  private final LateClose lateClose;

  CalendarApi(Stores stores, Clock clock, HoursSettings hours) {
    this.stores = stores;
    this.clock = clock;
    this.lateClose = hours.lateClose();
  }

  @Operation(
      summary = "Show when a store should be online on each date, and what that rests on",
      description = "Fourteen days from today on the clocks of the store, if no dates are given.")
  @ApiResponse(responseCode = "200", description = "The days")
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @GetMapping
  StoreCalendar get(
      Scope scope,
      @Parameter(description = "The id of the store") @PathVariable String storeId,
      @Parameter(description = "The first date", schema = @Schema(format = "date"))
          @RequestParam(required = false)
          @Nullable String from,
      @Parameter(description = "The last date", schema = @Schema(format = "date"))
          @RequestParam(required = false)
          @Nullable String to) {
    LocalDate first = from == null ? null : CalendarTimes.date("from", from);
    LocalDate last = to == null ? null : CalendarTimes.date("to", to);
    return Answers.of(
        () ->
            StoreCalendar.of(
                stores.registry(), scope, storeId, first, last, lateClose, clock.instant()));
  }
}
