package dev.storewatch.report;

import dev.storewatch.http.Paging;
import dev.storewatch.revision.Revision;
import dev.storewatch.revision.Revisions;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to the changes of what figures rest on. */
@Tag(name = "reports", description = "Reports on the uptime of many stores")
@RestController
class RevisionApi {
  private final Revisions revisions;
  private final Stores stores;

  RevisionApi(Revisions revisions, Stores stores) {
    this.revisions = revisions;
    this.stores = stores;
  }

  /**
   * A page of changes, the latest first.
   *
   * @param revisions the changes
   * @param after what to send as {@code after} for the next page; null on the last
   */
  record Page(List<RevisionView> revisions, @Nullable String after) {}

  @Operation(
      summary = "List the changes of what figures rest on, the latest first",
      description =
          "Each change of polls, hours, special days, closures, zones, tags and the table of time"
              + " zones, with who made it and for which time and stores. A report can be made of"
              + " the data as it was known at any of these revisions.")
  @ApiResponse(responseCode = "200", description = "A page of changes")
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @GetMapping("/api/v1/revisions")
  Page list(
      @RequestParam(defaultValue = "50") int limit,
      @Parameter(description = "The after of the page before") @RequestParam(required = false)
          @Nullable Integer after) {
    int most = Paging.checked(limit);
    List<Revision> found = revisions.before(after == null ? Integer.MAX_VALUE : after, most + 1);
    Registry registry = stores.registry();
    List<Integer> numbers = found.stream().map(Revision::number).distinct().toList();
    int last = numbers.isEmpty() ? 0 : Paging.page(numbers, most).getLast();
    return new Page(
        found.stream()
            .filter(each -> each.number() >= last)
            .map(each -> RevisionView.of(registry, each))
            .toList(),
        Paging.hasMore(numbers, most) ? String.valueOf(last) : null);
  }
}
