package dev.storewatch.timeline;

import dev.storewatch.http.Problem;
import dev.storewatch.input.WrongInput;
import dev.storewatch.store.Scope;
import dev.storewatch.store.UnknownStore;
import dev.storewatch.window.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to explanations: as JSON, or as the text that the command line prints. */
@Tag(name = "uptime")
@RestController
@RequestMapping("/api/v1/stores/{storeId}/timeline")
class TimelineApi {
  private static final String TEXT = "text/plain;charset=UTF-8";
  private static final String FROM =
      "The first instant of the period, or its first date, instead of window";
  private static final String WINDOW =
      "The length of the period up to as-of; P7D if left out, P1M is a month on the clocks of the"
          + " store; or business days, as 2026-03-04, 2026-W10, 2026-03, yesterday or last-week";

  private final Explainer explainer;
  private final Terms.Reader terms;

  TimelineApi(Explainer explainer, Terms.Reader terms) {
    this.explainer = explainer;
    this.terms = terms;
  }

  /** The period of a request, given as a window or by two instants. */
  private record Asked(@Nullable String window, @Nullable String from, @Nullable String to) {
    Window period(Terms terms, Supplier<LocalDate> today) {
      Window period = terms.period(from, to);
      if (period != null && window != null) {
        throw new WrongInput(
            "from and to do not go together with window: ask for the one or the other");
      }
      if (period != null) {
        return period;
      }
      Window named =
          dev.storewatch.window.Asked.parse(window == null ? "P7D" : window).at(today.get());
      named.requireKnown(terms.asOf());
      return named;
    }
  }

  @Operation(
      operationId = "uptimeExplain",
      summary = "Explain the uptime of a store: its segments, outages and polls in a period",
      description =
          "As JSON, or as plain text for people. The rule ratio does not say when a store was up:"
              + " with it there are neither segments nor outages, but the polls that it counts.")
  @ApiResponse(
      responseCode = "200",
      description = "The explanation",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = TimelineView.class)),
        @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string"))
      })
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, TEXT})
  ResponseEntity<?> explain(
      Scope scope,
      @Parameter(hidden = true) @RequestHeader HttpHeaders headers,
      @Parameter(description = "The id of the store") @PathVariable String storeId,
      @Described.AsOf @RequestParam(name = "as_of", defaultValue = "latest") String asOf,
      @Described.ByRule @RequestParam(defaultValue = "nearest") String rule,
      @Described.Carry @RequestParam(defaultValue = "PT24H") String carry,
      @Parameter(description = WINDOW) @RequestParam(required = false) @Nullable String window,
      @Parameter(description = FROM) @RequestParam(required = false) @Nullable String from,
      @Described.To @RequestParam(required = false) @Nullable String to,
      @Described.LateClose @RequestParam(name = "late_close_as_midnight", required = false)
          @Nullable Boolean lateClose) {
    try {
      Terms asked = terms.read(scope, asOf, rule, carry, lateClose);
      Explanation found = explain(scope, storeId, asked, new Asked(window, from, to));
      return prefersText(headers.getAccept())
          ? ResponseEntity.ok()
              .contentType(MediaType.parseMediaType(TEXT))
              .body(ExplanationText.of(found))
          : ResponseEntity.ok(TimelineView.of(found));
    } catch (UnknownStore e) {
      throw Problem.notFound(e);
    }
  }

  /** A client that accepts anything gets JSON. */
  private static boolean prefersText(List<MediaType> accepted) {
    return accepted.stream()
        .sorted(Comparator.comparingDouble(MediaType::getQualityValue).reversed())
        .filter(type -> type.isCompatibleWith(MediaType.APPLICATION_JSON) || isText(type))
        .findFirst()
        .map(type -> !type.isCompatibleWith(MediaType.APPLICATION_JSON))
        .orElse(false);
  }

  private static boolean isText(MediaType type) {
    return type.isCompatibleWith(MediaType.TEXT_PLAIN);
  }

  private Explanation explain(Scope scope, String storeId, Terms found, Asked asked) {
    Window period = asked.period(found, () -> terms.today(scope, storeId, found.asOf()));
    return explainer.explain(
        scope,
        storeId,
        found.asOf(),
        found.rule(),
        schedule -> period.span(found.asOf(), schedule),
        found.lateClose());
  }
}
