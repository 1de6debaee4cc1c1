package dev.storewatch.source;

import dev.storewatch.http.Caller;
import dev.storewatch.http.Paging;
import dev.storewatch.http.Problem;
import dev.storewatch.store.Scope;
import dev.storewatch.store.UnknownStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to the addresses at which stores are asked whether they are online. */
@Tag(
    name = "probes",
    description = "Addresses at which the prober asks stores whether they are online")
@RestController
@RequestMapping("/api/v1")
class ProbeApi {
  private static final String ID = "The id of the store";

  private final ProbeBook book;

  ProbeApi(ProbeBook book) {
    this.book = book;
  }

  /**
   * A page of stores that are asked, in the order of their ids.
   *
   * @param probes how they are asked
   * @param after what to send as {@code after} for the next page; null on the last
   */
  record ProbedStores(List<ProbeView> probes, @Nullable String after) {}

  private static <T> T known(Supplier<T> answer) {
    try {
      return answer.get();
    } catch (UnknownStore | UnknownProbe e) {
      throw Problem.notFound(e);
    }
  }

  @Operation(summary = "List the stores that are asked, in the order of their ids")
  @ApiResponse(responseCode = "200", description = "A page of stores")
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @GetMapping("/probes")
  ProbedStores list(
      Scope scope,
      @RequestParam(defaultValue = "50") int limit,
      @Parameter(description = "The after of the page before") @RequestParam(required = false)
          @Nullable String after) {
    int most = Paging.checked(limit);
    List<ProbeView> rest = Paging.after(book.list(scope), after, ProbeView::storeId, most);
    List<ProbeView> page = Paging.page(rest, most);
    return new ProbedStores(page, Paging.hasMore(rest, most) ? page.getLast().storeId() : null);
  }

  @Operation(summary = "Show how a store is asked, and how that ended the last time")
  @ApiResponse(responseCode = "200", description = "How it is asked")
  @ApiResponse(responseCode = "404", description = "There is no such store, or it is not asked")
  @GetMapping("/stores/{storeId}/probe")
  ProbeView get(Scope scope, @Parameter(description = ID) @PathVariable String storeId) {
    return known(() -> book.get(scope, storeId));
  }

  @Operation(
      summary = "Enter how a store is asked from now on",
      description = "It is asked when the prober is on: storewatch.prober.enabled.")
  @ApiResponse(responseCode = "200", description = "How it is asked")
  @ApiResponse(responseCode = "400", description = "The body is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @ApiResponse(responseCode = "413", description = "The body is too large")
  @ApiResponse(responseCode = "415", description = "The body is not sent as JSON")
  @PutMapping("/stores/{storeId}/probe")
  ProbeView put(
      Scope scope,
      Caller caller,
      @Parameter(description = ID) @PathVariable String storeId,
      @RequestBody ProbeBody body) {
    return known(() -> book.put(scope, caller.name(), storeId, body));
  }

  @Operation(summary = "Have a store asked no more; its polls stay")
  @ApiResponse(responseCode = "204", description = "It is asked no more")
  @ApiResponse(responseCode = "404", description = "There is no such store, or it is not asked")
  @DeleteMapping("/stores/{storeId}/probe")
  ResponseEntity<Void> delete(
      Scope scope, @Parameter(description = ID) @PathVariable String storeId) {
    return known(
        () -> {
          book.delete(scope, storeId);
          return ResponseEntity.noContent().build();
        });
  }
}
