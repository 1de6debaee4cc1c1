package dev.storewatch.quality;

import dev.storewatch.http.CsvOrJson;
import dev.storewatch.http.Paging;
import dev.storewatch.http.StreamedText;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to what is refused, missing or assumed of stores. */
@Tag(name = "quality", description = "What is refused, missing or assumed of stores")
@RestController
@RequestMapping("/api/v1/quality")
class QualityApi {
  private final Stores stores;

  QualityApi(Stores stores) {
    this.stores = stores;
  }

  /**
   * A page of faults in the order of the stores' ids.
   *
   * @param notices what all of them are in short, on the first page; none on the others
   * @param faults one for each store and fault
   * @param after what to send as {@code after} for the next page; null on the last
   */
  record Page(List<Notice> notices, List<Fault> faults, @Nullable String after) {}

  @Operation(
      summary = "List what is refused, missing or assumed of each store",
      description =
          "As JSON in pages, the first with all of it in short; or whole as CSV, with the columns"
              + " store_id,code,since,detail.")
  @ApiResponse(
      responseCode = "200",
      description = "A page of faults, or all of them as CSV",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = Page.class)),
        @Content(mediaType = CsvOrJson.CSV, schema = @Schema(type = "string"))
      })
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "406", description = "They cannot be had in that form")
  @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, CsvOrJson.CSV})
  ResponseEntity<?> list(
      Scope scope,
      @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
      @Parameter(description = "The most stores on a page") @RequestParam(defaultValue = "50")
          int limit,
      @Parameter(description = "The after of the page before") @RequestParam(required = false)
          @Nullable String after) {
    int most = Paging.checked(limit);
    StoreFaults faults = new StoreFaults(stores.registry(), scope);
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok().varyBy(HttpHeaders.ACCEPT);
    return CsvOrJson.prefersCsv(headers.getAccept())
        ? answer
            .contentType(CsvOrJson.CSV_UTF8)
            .body(new StreamedText(out -> writeCsv(faults, out)))
        : answer.contentType(MediaType.APPLICATION_JSON).body(page(faults, after, most));
  }

  private static void writeCsv(StoreFaults faults, PrintWriter out) {
    FaultWriters.<RuntimeException>write(
        FaultWriters.Format.CSV, receiver -> faults.all().forEach(receiver), out);
  }

  private static Page page(StoreFaults faults, @Nullable String after, int most) {
    List<List<Fault>> found =
        faults
            .keysAfter(after)
            .mapToObj(faults::of)
            .filter(each -> !each.isEmpty())
            .limit(most + 1L)
            .toList();
    List<Fault> page = Paging.page(found, most).stream().flatMap(List::stream).toList();
    return new Page(
        after == null ? faults.findings().notices() : List.of(),
        page,
        Paging.hasMore(found, most) ? page.getLast().storeId() : null);
  }
}
