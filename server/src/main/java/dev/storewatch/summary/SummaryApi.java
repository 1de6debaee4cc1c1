package dev.storewatch.summary;

import dev.storewatch.http.Problem;
import dev.storewatch.store.Scope;
import dev.storewatch.store.UnknownStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to the owner's summary. */
@Tag(name = "reports")
@RestController
class SummaryApi {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Summaries summaries;

  /** One at a time: it has all processors. */
  private final Semaphore places = new Semaphore(1);

  SummaryApi(Summaries summaries) {
    this.summaries = summaries;
  }

  @Operation(
      summary = "Get the owner's summary: one page of PDF on a store, on tags or on all stores",
      description =
          "Uptime with bounds, outages, the worst hours, how it was measured and what is"
              + " uncertain. The same data gives the same bytes.")
  @ApiResponse(
      responseCode = "200",
      description = "The page",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_PDF_VALUE,
              schema = @Schema(type = "string", format = "binary")))
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @ApiResponse(responseCode = "429", description = "Another summary is being made")
  @GetMapping("/api/v1/summary.pdf")
  ResponseEntity<byte[]> pdf(
      Scope scope,
      @Parameter(description = "The id of the store; several stores if left out")
          @RequestParam(required = false)
          @Nullable String store,
      @Parameter(description = "A tag that the stores have; several for stores that have all")
          @RequestParam(required = false)
          @Nullable List<String> tag,
      @Parameter(
              description =
                  "The time: a month (2026-03), a day, a week, two dates, last-month, or a length"
                      + " up to as-of (P7D); last-month if left out",
              example = "2026-03")
          @RequestParam(required = false)
          @Nullable String period,
      @Parameter(description = "latest (poll), now or an instant in ISO 8601", example = "latest")
          @RequestParam(name = "as_of", required = false)
          @Nullable String asOf) {
    // A form sends fields that were left empty as well.
    SummaryQuery query =
        SummaryQuery.parse(
            orNull(store),
            tag == null ? null : tag.stream().filter(each -> !each.isBlank()).toList(),
            orNull(period),
            orNull(asOf));
    if (!places.tryAcquire()) {
      throw Problem.tooMany(
          "another summary is being made: ask again in a few seconds", RETRY_AFTER);
    }
    try {
      OwnerSummary summary = summaries.make(scope, query);
      return ResponseEntity.ok()
          .cacheControl(CacheControl.noCache())
          .contentType(MediaType.APPLICATION_PDF)
          .header(
              HttpHeaders.CONTENT_DISPOSITION,
              ContentDisposition.attachment().filename(fileName(summary)).build().toString())
          .body(SummaryPdf.of(summary));
    } catch (UnknownStore e) {
      throw Problem.notFound(e);
    } finally {
      places.release();
    }
  }

  private static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  /** Returns what to call the file: letters that every system takes. */
  static String fileName(OwnerSummary summary) {
    OwnerSummary.Store store = summary.about().store();
    String about =
        store != null
            ? store.id()
            : summary.about().tags().isEmpty() ? "all" : String.join("-", summary.about().tags());
    String text = "summary-%s-%s".formatted(about, summary.period());
    String plain = text.replaceAll("[^A-Za-z0-9._-]+", "-");
    return plain.substring(0, Math.min(100, plain.length())) + ".pdf";
  }
}
