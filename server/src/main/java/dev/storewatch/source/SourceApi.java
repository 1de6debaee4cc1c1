package dev.storewatch.source;

import dev.storewatch.http.Caller;
import dev.storewatch.http.Paging;
import dev.storewatch.http.Problem;
import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
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

/**
 * The native interface to sources that are pulled. Their files are about all stores, so a caller
 * who may see only some stores may make none of these calls.
 */
@Tag(name = "sources", description = "Addresses whose files are pulled on a schedule")
@RestController
@RequestMapping("/api/v1/sources")
class SourceApi {
  private static final String ID = "The id of the source";

  private final SourceBook book;
  private final Pulls pulls;

  SourceApi(SourceBook book, Pulls pulls) {
    this.book = book;
    this.pulls = pulls;
  }

  /**
   * A page of sources in the order in which they were entered.
   *
   * @param sources the sources
   * @param after what to send as {@code after} for the next page; null on the last
   */
  record PulledSources(List<SourceView> sources, @Nullable String after) {}

  private static void requireEverything(Scope scope) {
    if (!scope.isEverything()) {
      throw Problem.forbidden(
          "sources are about all stores, and you may see some alone: use a key without tags");
    }
  }

  private static <T> T known(Supplier<T> answer) {
    try {
      return answer.get();
    } catch (UnknownSource e) {
      throw Problem.notFound(e);
    } catch (NameTaken e) {
      throw Problem.conflict(e);
    }
  }

  @Operation(summary = "List the sources in the order in which they were entered")
  @ApiResponse(responseCode = "200", description = "A page of sources")
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "403", description = "The caller may see some stores alone")
  @GetMapping
  PulledSources list(
      Scope scope,
      @RequestParam(defaultValue = "50") int limit,
      @Parameter(description = "The after of the page before") @RequestParam(required = false)
          @Nullable String after) {
    requireEverything(scope);
    int most = Paging.checked(limit);
    List<SourceView> rest = Paging.after(book.list(), after, SourceView::id, most);
    List<SourceView> page = Paging.page(rest, most);
    return new PulledSources(page, Paging.hasMore(rest, most) ? page.getLast().id() : null);
  }

  @Operation(summary = "Show a source, and how its last pull ended")
  @ApiResponse(responseCode = "200", description = "The source")
  @ApiResponse(responseCode = "403", description = "The caller may see some stores alone")
  @ApiResponse(responseCode = "404", description = "There is no such source")
  @GetMapping("/{id}")
  SourceView get(Scope scope, @Parameter(description = ID) @PathVariable String id) {
    requireEverything(scope);
    return known(() -> book.get(id));
  }

  @Operation(
      summary = "Enter a source",
      description =
          "Its file is pulled soon for the first time, and imported when it is not the one of the"
              + " time before. name and url are needed; no two sources may have one name.")
  @ApiResponse(responseCode = "201", description = "The source")
  @ApiResponse(responseCode = "400", description = "The body is invalid")
  @ApiResponse(responseCode = "409", description = "Another source has the name")
  @ApiResponse(responseCode = "413", description = "The body is too large")
  @ApiResponse(responseCode = "415", description = "The body is not sent as JSON")
  @PostMapping
  ResponseEntity<SourceView> add(Caller caller, @RequestBody SourceBody body) {
    SourceView added = known(() -> book.add(caller.name(), body));
    pulls.wake();
    return ResponseEntity.created(URI.create("/api/v1/sources/" + added.id())).body(added);
  }

  @Operation(
      summary = "Change a source",
      description = "What is left out stays as it is. It is pulled soon.")
  @ApiResponse(responseCode = "200", description = "The source as it is now")
  @ApiResponse(responseCode = "400", description = "The body is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such source")
  @ApiResponse(responseCode = "409", description = "Another source has the name")
  @ApiResponse(responseCode = "413", description = "The body is too large")
  @ApiResponse(responseCode = "415", description = "The body is not sent as JSON")
  @PatchMapping("/{id}")
  SourceView change(
      @Parameter(description = ID) @PathVariable String id, @RequestBody SourceBody body) {
    SourceView changed = known(() -> book.change(id, body));
    pulls.wake();
    return changed;
  }

  @Operation(summary = "Pull a source now")
  @ApiResponse(responseCode = "202", description = "The source, which is pulled soon")
  @ApiResponse(responseCode = "400", description = "The source is paused")
  @ApiResponse(responseCode = "403", description = "The caller may see some stores alone")
  @ApiResponse(responseCode = "404", description = "There is no such source")
  @PostMapping("/{id}/pull")
  ResponseEntity<SourceView> pull(
      Scope scope, @Parameter(description = ID) @PathVariable String id) {
    requireEverything(scope);
    SourceView source = known(() -> book.pull(id));
    pulls.wake();
    return ResponseEntity.accepted().location(URI.create("/api/v1/sources/" + id)).body(source);
  }

  @Operation(summary = "Delete a source; what was imported from it stays")
  @ApiResponse(responseCode = "204", description = "It is deleted")
  @ApiResponse(responseCode = "404", description = "There is no such source")
  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(@Parameter(description = ID) @PathVariable String id) {
    return known(
        () -> {
          book.delete(id);
          return ResponseEntity.noContent().build();
        });
  }
}
