package dev.storewatch.calendar;

import dev.storewatch.database.Database;
import dev.storewatch.entry.CalendarTimes;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.http.Caller;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.revision.Revisions;
import dev.storewatch.store.OpenInterval;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.StoreInterval;
import dev.storewatch.store.Stores;
import dev.storewatch.store.UnknownStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to weekly hours that hold from a date on. */
@Tag(name = "hours", description = "Weekly hours that change with a date, and real days")
@RestController
@RequestMapping("/api/v1/stores/{storeId}/hours")
class HoursApi {
  private static final String ID = "The id of the store";
  private static final String DATE = "The date from which they hold, on the clocks of the store";
  private static final int MOST_VERSIONS = 1_000;
  private static final String INTERVAL =
      "{\"day\": 0, \"opens\": \"09:00\", \"closes\": \"17:30\"}";

  private final Database database;
  private final Stores stores;
  private final Clock clock;

  HoursApi(Database database, Stores stores, Clock clock) {
    this.database = database;
    this.stores = stores;
    this.clock = clock;
  }

  /**
   * The weekly hours of a store, by the date from which they hold.
   *
   * @param versions the first of them from the beginning of time
   */
  record HoursOverTime(String storeId, List<Version> versions) {}

  /**
   * Weekly hours.
   *
   * @param validFrom the date from which they hold; null from the beginning of time
   * @param hours in the order of the week; none if the store is closed all week, or, if they are
   *     assumed, always open
   * @param hoursAssumed whether they are not known, and the store is taken to be always open
   */
  record Version(@Nullable LocalDate validFrom, List<OpenInterval> hours, boolean hoursAssumed) {}

  /** Weekly hours as somebody enters them. */
  record WeekBody(
      @ArraySchema(
              arraySchema =
                  @Schema(
                      requiredMode = RequiredMode.REQUIRED,
                      description = "The hours of a week; empty if the store is closed all week"))
          @Nullable List<@Nullable StoreInterval> hours) {
    List<OpeningInterval> read() {
      if (hours == null) {
        throw new WrongInput(
            "the field hours is missing: send an empty list for a store that is closed all week, or for example {\"hours\": [%s]}"
                .formatted(INTERVAL));
      }
      return StoreInterval.readAll(hours);
    }
  }

  @Operation(summary = "Show the weekly hours of a store, by the date from which they hold")
  @ApiResponse(responseCode = "200", description = "The hours")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @GetMapping
  HoursOverTime get(Scope scope, @Parameter(description = ID) @PathVariable String storeId) {
    return Answers.of(() -> view(scope, storeId));
  }

  private HoursOverTime view(Scope scope, String storeId) {
    Registry registry = stores.registry();
    int key = key(registry, scope, storeId);
    List<Version> versions = new ArrayList<>();
    versions.add(
        new Version(
            null,
            registry.intervals(key).stream().map(OpenInterval::of).toList(),
            !registry.hasHours(key)));
    registry
        .datedHours(key)
        .forEach(
            (from, hours) ->
                versions.add(
                    new Version(from, hours.stream().map(OpenInterval::of).toList(), false)));
    return new HoursOverTime(registry.id(key), versions);
  }

  private static int key(Registry registry, Scope scope, String storeId) {
    return scope.key(registry, storeId).orElseThrow(() -> new UnknownStore(storeId));
  }

  @Operation(
      summary = "Say which weekly hours hold from a date on",
      description =
          "What was reported for the time before stays. The night before the date ends as it was"
              + " planned.")
  @ApiResponse(responseCode = "200", description = "All hours of the store as they are now")
  @ApiResponse(responseCode = "400", description = "The date or the body is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @ApiResponse(responseCode = "413", description = "The body is too large")
  @ApiResponse(responseCode = "415", description = "The body is not sent as JSON")
  @PutMapping("/{date}")
  HoursOverTime put(
      Scope scope,
      Caller caller,
      @Parameter(description = ID) @PathVariable String storeId,
      @Parameter(description = DATE, schema = @Schema(format = "date")) @PathVariable String date,
      @RequestBody WeekBody body) {
    LocalDate from = CalendarTimes.date("the date", date);
    List<OpeningInterval> hours = body.read();
    return Answers.of(() -> set(scope, caller, storeId, from, hours));
  }

  @Operation(
      summary = "Take out the weekly hours that hold from a date on",
      description = "Those of the date before hold on.")
  @ApiResponse(responseCode = "204", description = "They are gone, or there were none")
  @ApiResponse(responseCode = "400", description = "The date is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @DeleteMapping("/{date}")
  ResponseEntity<Void> delete(
      Scope scope,
      Caller caller,
      @Parameter(description = ID) @PathVariable String storeId,
      @Parameter(description = DATE, schema = @Schema(format = "date")) @PathVariable String date) {
    LocalDate from = CalendarTimes.date("the date", date);
    return Answers.of(
        () -> {
          var _ = set(scope, caller, storeId, from, null);
          return ResponseEntity.noContent().build();
        });
  }

  private HoursOverTime set(
      Scope scope,
      Caller caller,
      String storeId,
      LocalDate from,
      @Nullable List<OpeningInterval> hours) {
    return database.inWriteTransaction(
        () -> {
          Registry registry = stores.registry();
          int key = key(registry, scope, storeId);
          if (hours != null && registry.datedHours(key).size() >= MOST_VERSIONS) {
            throw new WrongInput(
                "the store has hours from %d dates already: take out some"
                    .formatted(MOST_VERSIONS));
          }
          new Revisions(database).by(caller.name(), null);
          stores.setDatedHours(key, from, hours, Micros.of(clock.instant()), caller.name());
          return view(scope, storeId);
        });
  }
}
