package dev.storewatch.calendar;

import dev.storewatch.entry.CalendarTimes;
import dev.storewatch.http.Caller;
import dev.storewatch.http.Paging;
import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to special days. */
@Tag(
    name = "special-days",
    description = "Dates whose own hours replace all weekly intervals that begin on them")
@RestController
@RequestMapping("/api/v1/special-days")
class SpecialDayApi {
  private static final String ID = "The id of the special day";

  private final SpecialDayBook book;

  SpecialDayApi(SpecialDayBook book) {
    this.book = book;
  }

  /**
   * A page of special days in the order in which they were entered.
   *
   * @param specialDays the days
   * @param after what to send as {@code after} for the next page; null on the last
   */
  record SpecialDays(List<SpecialDayView> specialDays, @Nullable String after) {}

  @Operation(summary = "List the special days in the order in which they were entered")
  @ApiResponse(responseCode = "200", description = "A page of special days")
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @GetMapping
  SpecialDays list(
      Scope scope,
      @RequestParam(defaultValue = "50") int limit,
      @Parameter(description = "The after of the page before") @RequestParam(required = false)
          @Nullable String after,
      @Parameter(
              description = "Only those of this date or later",
              schema = @Schema(format = "date"))
          @RequestParam(required = false)
          @Nullable String from,
      @Parameter(
              description = "Only those of this date or earlier",
              schema = @Schema(format = "date"))
          @RequestParam(required = false)
          @Nullable String to,
      @Parameter(description = "Only those that are of this store, by its tags too")
          @RequestParam(required = false)
          @Nullable String store,
      @Parameter(description = "Only those of this tag") @RequestParam(required = false)
          @Nullable String tag) {
    int most = Paging.checked(limit);
    LocalDate first = from == null ? null : CalendarTimes.date("from", from);
    LocalDate last = to == null ? null : CalendarTimes.date("to", to);
    List<SpecialDayView> all = Answers.of(() -> book.list(scope, first, last, store, tag));
    List<SpecialDayView> rest = Paging.after(all, after, SpecialDayView::id, most);
    List<SpecialDayView> page = Paging.page(rest, most);
    return new SpecialDays(page, Paging.hasMore(rest, most) ? page.getLast().id() : null);
  }

  @Operation(summary = "Show a special day")
  @ApiResponse(responseCode = "200", description = "The special day")
  @ApiResponse(responseCode = "404", description = "There is no such special day")
  @GetMapping("/{id}")
  SpecialDayView get(Scope scope, @Parameter(description = ID) @PathVariable String id) {
    return Answers.of(() -> book.get(scope, id));
  }

  @Operation(
      summary = "Enter a special day, before or after the fact",
      description =
          "Of one store, of all stores with a tag, or of all stores; of several for one date, that"
              + " of the store holds, then that of a tag. With preview nothing is entered: the"
              + " answer says which stores it is of, and the open time of fourteen days before and"
              + " after.")
  @ApiResponse(
      responseCode = "200",
      description = "What it would change; nothing is entered",
      content = @Content(schema = @Schema(implementation = CalendarPreview.class)))
  @ApiResponse(
      responseCode = "201",
      description = "The special day",
      content = @Content(schema = @Schema(implementation = SpecialDayView.class)))
  @ApiResponse(responseCode = "400", description = "The body is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @ApiResponse(responseCode = "413", description = "The body is too large")
  @ApiResponse(responseCode = "415", description = "The body is not sent as JSON")
  @PostMapping
  ResponseEntity<?> add(
      Scope scope,
      Caller caller,
      @Parameter(description = "Whether to tell what it would change, and enter nothing")
          @RequestParam(defaultValue = "false")
          boolean preview,
      @RequestBody SpecialDayBody body) {
    if (preview) {
      return ResponseEntity.ok(Answers.of(() -> book.preview(scope, body)));
    }
    SpecialDayView added = Answers.of(() -> book.add(scope, caller.name(), body));
    return ResponseEntity.created(URI.create("/api/v1/special-days/" + added.id())).body(added);
  }

  @Operation(summary = "Change a special day", description = "What is left out stays as it is.")
  @ApiResponse(responseCode = "200", description = "The special day as it is now")
  @ApiResponse(responseCode = "400", description = "The body is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such special day")
  @ApiResponse(responseCode = "413", description = "The body is too large")
  @ApiResponse(responseCode = "415", description = "The body is not sent as JSON")
  @PatchMapping("/{id}")
  SpecialDayView change(
      Scope scope,
      Caller caller,
      @Parameter(description = ID) @PathVariable String id,
      @RequestBody SpecialDayChange body) {
    return Answers.of(() -> book.change(scope, caller.name(), id, body));
  }

  @Operation(summary = "Delete a special day, as if it had never been entered")
  @ApiResponse(responseCode = "204", description = "It is deleted")
  @ApiResponse(responseCode = "404", description = "There is no such special day")
  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(
      Scope scope, Caller caller, @Parameter(description = ID) @PathVariable String id) {
    return Answers.of(
        () -> {
          book.delete(scope, caller.name(), id);
          return ResponseEntity.noContent().build();
        });
  }
}
