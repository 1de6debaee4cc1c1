package dev.storewatch.quality;

import dev.storewatch.hours.LateClose;
import dev.storewatch.http.CsvOrJson;
import dev.storewatch.http.Paging;
import dev.storewatch.http.StreamedText;
import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.HoursSettings;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to the polls that came, against those that were expected. */
@Tag(name = "quality")
@RestController
@RequestMapping("/api/v1/quality/polls")
class CoverageApi {
  private final Stores stores;
  private final Polls polls;
  private final Clock clock;
  private final LateClose lateClose;

  CoverageApi(Stores stores, Polls polls, Clock clock, HoursSettings hours) {
    this.stores = stores;
    this.polls = polls;
    this.clock = clock;
    this.lateClose = hours.lateClose();
  }

  /**
   * A page of stores in the order of their ids.
   *
   * @param from when the first slot begins
   * @param to when the last one ends
   * @param every the length of a slot
   * @param totals all stores together, on the first page; null on the others
   * @param stores the stores of the page
   * @param after what to send as {@code after} for the next page; null on the last
   */
  record CoveredStores(
      Instant from,
      Instant to,
      String every,
      @Nullable CoverageTotals totals,
      List<Coverage> stores,
      @Nullable String after) {}

  @Operation(
      summary = "Compare the polls that came with those that were expected",
      description =
          "A poll is expected in each slot throughout which a store is open. As JSON in pages of"
              + " stores; or whole as CSV, by store or by slot.")
  @ApiResponse(
      responseCode = "200",
      description = "A page of stores, or all of them as CSV",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = CoveredStores.class)),
        @Content(mediaType = CsvOrJson.CSV, schema = @Schema(type = "string"))
      })
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "406", description = "They cannot be had in that form")
  @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, CsvOrJson.CSV})
  ResponseEntity<?> list(
      Scope scope,
      @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
      @Parameter(
              description = "When the period begins; a day before the newest poll without it",
              schema = @Schema(format = "date-time"))
          @RequestParam(required = false)
          @Nullable String from,
      @Parameter(
              description = "When the period ends; with the newest poll without it",
              schema = @Schema(format = "date-time"))
          @RequestParam(required = false)
          @Nullable String to,
      @Parameter(description = "How often a store is polled, PT1M to P1D; a slot is as long")
          @RequestParam(defaultValue = "PT1H")
          String every,
      @Parameter(
              description = "What a row of CSV is about",
              schema = @Schema(allowableValues = {"store", "slot"}))
          @RequestParam(defaultValue = "store")
          String by,
      @Parameter(description = "The most stores on a page") @RequestParam(defaultValue = "50")
          int limit,
      @Parameter(description = "The after of the page before") @RequestParam(required = false)
          @Nullable String after) {
    int most = Paging.checked(limit);
    Registry registry = stores.registry();
    long now = Micros.of(clock.instant());
    CoverageRequest request =
        CoverageRequest.parse(from, to, every, polls.newest(registry, scope, now), now);
    CoverageWriter.By rows = by(by);
    PollCoverage coverage = new PollCoverage(registry, polls, scope, lateClose);
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok().varyBy(HttpHeaders.ACCEPT);
    if (CsvOrJson.prefersCsv(headers.getAccept())) {
      return answer
          .contentType(CsvOrJson.CSV_UTF8)
          .body(new StreamedText(out -> CoverageWriter.write(coverage, request, rows, out)));
    }
    if (rows == CoverageWriter.By.SLOT) {
      throw new WrongInput("by=slot has many rows and comes as CSV alone: send Accept: text/csv");
    }
    return answer
        .contentType(MediaType.APPLICATION_JSON)
        .body(page(registry, scope, coverage, request, after, most));
  }

  private static CoverageWriter.By by(String text) {
    return switch (text) {
      case "store" -> CoverageWriter.By.STORE;
      case "slot" -> CoverageWriter.By.SLOT;
      default -> throw new WrongInput("by is '%s': use store or slot".formatted(text));
    };
  }

  private static CoveredStores page(
      Registry registry,
      Scope scope,
      PollCoverage coverage,
      CoverageRequest request,
      @Nullable String after,
      int most) {
    int[] keys =
        registry
            .keysAfter(after)
            .filter(key -> scope.includes(registry, key))
            .limit(most + 1L)
            .toArray();
    List<Coverage> page = coverage.of(IntStream.of(keys).limit(most), request);
    return new CoveredStores(
        Micros.toInstant(request.period().start()),
        Micros.toInstant(request.period().end()),
        Durations.format(request.every()),
        after == null ? coverage.totals(request) : null,
        page,
        keys.length > most ? page.getLast().storeId() : null);
  }
}
