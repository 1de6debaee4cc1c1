package dev.storewatch.timeline;

import dev.storewatch.interval.Micros;
import dev.storewatch.poll.AsOf;
import dev.storewatch.poll.Polls;
import dev.storewatch.system.Problem;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.Windows;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to explanations: as JSON, or as the text that the command line prints. */
@RestController
@RequestMapping("/api/v1/stores/{storeId}/timeline")
class TimelineApi {
  private final Explainer explainer;
  private final Polls polls;
  private final Clock clock;
  private final boolean lateCloseOfServer;

  TimelineApi(
      Explainer explainer,
      Polls polls,
      Clock clock,
      @Value("${storewatch.late-close-as-midnight:false}") boolean lateCloseOfServer) {
    this.explainer = explainer;
    this.polls = polls;
    this.clock = clock;
    this.lateCloseOfServer = lateCloseOfServer;
  }

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  TimelineView json(
      @PathVariable String storeId,
      @RequestParam(name = "as_of", defaultValue = "latest") String asOf,
      @RequestParam(defaultValue = "nearest") String rule,
      @RequestParam(defaultValue = "PT24H") String carry,
      @RequestParam(defaultValue = "P7D") String window,
      @RequestParam(name = "late_close_as_midnight", required = false)
          @Nullable Boolean lateClose) {
    return TimelineView.of(explain(storeId, asOf, rule, carry, window, lateClose));
  }

  @GetMapping(produces = "text/plain;charset=UTF-8")
  ResponseEntity<String> text(
      @PathVariable String storeId,
      @RequestParam(name = "as_of", defaultValue = "latest") String asOf,
      @RequestParam(defaultValue = "nearest") String rule,
      @RequestParam(defaultValue = "PT24H") String carry,
      @RequestParam(defaultValue = "P7D") String window,
      @RequestParam(name = "late_close_as_midnight", required = false)
          @Nullable Boolean lateClose) {
    return ResponseEntity.ok(
        ExplanationText.of(explain(storeId, asOf, rule, carry, window, lateClose)));
  }

  private Explanation explain(
      String storeId,
      String asOf,
      String rule,
      String carry,
      String window,
      @Nullable Boolean lateClose) {
    try {
      long now = Micros.of(clock.instant());
      long end = AsOf.parse(asOf).resolve(polls, now).orElse(now);
      return explainer.explain(
          storeId,
          end,
          Rule.of(rule, Rule.parseCarry(carry)),
          Windows.endingAt(end, Windows.parse(window)),
          lateClose == null ? lateCloseOfServer : lateClose);
    } catch (Explainer.UnknownStore e) {
      throw Problem.notFound(e);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(e);
    }
  }
}
