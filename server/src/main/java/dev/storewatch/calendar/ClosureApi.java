package dev.storewatch.calendar;

import dev.storewatch.http.Caller;
import dev.storewatch.http.Paging;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.PollPeriod;
import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
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

/** The native interface to planned closures. */
@Tag(
    name = "closures",
    description = "Planned closures: open time inside is excluded, neither up nor down")
@RestController
@RequestMapping("/api/v1/closures")
class ClosureApi {
  private static final String ID = "The id of the closure";

  private final ClosureBook book;

  ClosureApi(ClosureBook book) {
    this.book = book;
  }

  /**
   * A page of closures in the order in which they were entered.
   *
   * @param closures the closures
   * @param after what to send as {@code after} for the next page; null on the last
   */
  record PlannedClosures(List<ClosureView> closures, @Nullable String after) {}

  @Operation(summary = "List the planned closures in the order in which they were entered")
  @ApiResponse(responseCode = "200", description = "A page of closures")
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @GetMapping
  PlannedClosures list(
      Scope scope,
      @RequestParam(defaultValue = "50") int limit,
      @Parameter(description = "The after of the page before") @RequestParam(required = false)
          @Nullable String after,
      @Parameter(
              description = "Only those with a part after this instant",
              schema = @Schema(format = "date-time"))
          @RequestParam(required = false)
          @Nullable String from,
      @Parameter(
              description = "Only those with a part before this instant",
              schema = @Schema(format = "date-time"))
          @RequestParam(required = false)
          @Nullable String to,
      @Parameter(description = "Only those that are of this store, by its tags too")
          @RequestParam(required = false)
          @Nullable String store,
      @Parameter(description = "Only those of this tag") @RequestParam(required = false)
          @Nullable String tag) {
    int most = Paging.checked(limit);
    Span period = from == null && to == null ? null : PollPeriod.parse(from, to);
    List<ClosureView> all = Answers.of(() -> book.list(scope, period, store, tag));
    List<ClosureView> rest = Paging.after(all, after, ClosureView::id, most);
    List<ClosureView> page = Paging.page(rest, most);
    return new PlannedClosures(page, Paging.hasMore(rest, most) ? page.getLast().id() : null);
  }

  @Operation(summary = "Show a planned closure")
  @ApiResponse(responseCode = "200", description = "The closure")
  @ApiResponse(responseCode = "404", description = "There is no such closure")
  @GetMapping("/{id}")
  ClosureView get(Scope scope, @Parameter(description = ID) @PathVariable String id) {
    return Answers.of(() -> book.get(scope, id));
  }

  @Operation(
      summary = "Enter a planned closure, before or after the fact",
      description =
          "Of one store, of all stores with a tag, or of all stores. With preview nothing is"
              + " entered: the answer says which stores it is of, and the open time of fourteen"
              + " days before and after.")
  @ApiResponse(
      responseCode = "200",
      description = "What it would change; nothing is entered",
      content = @Content(schema = @Schema(implementation = CalendarPreview.class)))
  @ApiResponse(
      responseCode = "201",
      description = "The closure",
      content = @Content(schema = @Schema(implementation = ClosureView.class)))
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
      @RequestBody ClosureBody body) {
    if (preview) {
      return ResponseEntity.ok(Answers.of(() -> book.preview(scope, body)));
    }
    ClosureView added = Answers.of(() -> book.add(scope, caller.name(), body));
    return ResponseEntity.created(URI.create("/api/v1/closures/" + added.id())).body(added);
  }

  @Operation(
      summary = "Change a planned closure, or end it early",
      description = "What is left out stays as it is. The time now as its end ends one that is on.")
  @ApiResponse(responseCode = "200", description = "The closure as it is now")
  @ApiResponse(responseCode = "400", description = "The body is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such closure")
  @ApiResponse(responseCode = "413", description = "The body is too large")
  @ApiResponse(responseCode = "415", description = "The body is not sent as JSON")
  @PatchMapping("/{id}")
  ClosureView change(
      Scope scope,
      Caller caller,
      @Parameter(description = ID) @PathVariable String id,
      @RequestBody ClosureChange body) {
    return Answers.of(() -> book.change(scope, caller.name(), id, body));
  }

  @Operation(summary = "Delete a planned closure, as if it had never been entered")
  @ApiResponse(responseCode = "204", description = "It is deleted")
  @ApiResponse(responseCode = "404", description = "There is no such closure")
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
