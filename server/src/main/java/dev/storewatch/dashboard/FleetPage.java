package dev.storewatch.dashboard;

import dev.storewatch.http.Problem;
import dev.storewatch.signin.HtmlPages;
import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The page of the fleet: what is out now, and all stores. */
@Hidden
@RestController
class FleetPage {
  static final String PATH = "/fleet";
  static final String EVENTS = "/fleet/events";

  private final Fleet fleet;
  private final LiveEvents events;
  private final HtmlPages pages;

  FleetPage(Fleet fleet, LiveEvents events, HtmlPages pages) {
    this.fleet = fleet;
    this.events = events;
    this.pages = pages;
  }

  /**
   * Answers the page, or the part of it that a script brings up to date.
   *
   * @param part the id of that part; null for the page
   */
  @GetMapping(path = PATH, produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> fleet(
      Scope scope,
      CsrfToken csrf,
      @RequestParam(required = false) @Nullable String search,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String tag,
      @RequestParam(required = false) @Nullable String zone,
      @RequestParam(required = false) @Nullable String sort,
      @RequestParam(required = false) @Nullable String bounds,
      @RequestParam(required = false) @Nullable Integer page,
      @RequestHeader(name = "HX-Target", required = false) @Nullable String part) {
    FleetFilter filter = FleetFilter.of(search, state, tag, zone, sort, bounds, page);
    if ("stores".equals(part)) {
      return pages.page("dashboard/stores.jte", Map.of("table", fleet.table(scope, filter)));
    }
    if ("now".equals(part)) {
      return pages.page("dashboard/now.jte", Map.of("fleet", fleet.now(scope)));
    }
    String known = events.known(); // before the figures, so that no change falls in between
    Fleet.Whole whole = fleet.look(scope, filter);
    return pages.page(
        "dashboard/fleet.jte",
        Map.of(
            "fleet",
            whole.now(),
            "table",
            whole.table(),
            "known",
            known,
            "viewer",
            pages.viewer(csrf)));
  }

  /**
   * Answers with an event for each change.
   *
   * @param known what the page was filled with
   */
  @GetMapping(path = EVENTS, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter events(@RequestParam(required = false) @Nullable String known) {
    try {
      return events.open(known);
    } catch (LiveEvents.TooMany e) {
      throw Problem.tooMany(String.valueOf(e.getMessage()), LiveEvents.TooMany.RETRY_AFTER);
    }
  }
}
