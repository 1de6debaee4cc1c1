package dev.storewatch.dashboard;

import dev.storewatch.hours.Zone;
import dev.storewatch.outage.OutageBook;
import dev.storewatch.outage.OutageQuery;
import dev.storewatch.outage.OutageView;
import dev.storewatch.signin.HtmlPages;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page of the outages of all stores. */
@Hidden
@RestController
class OutagesPage {
  static final String PATH = "/outages";
  private static final int MOST = 200;

  private final OutageBook outages;
  private final Stores stores;
  private final HtmlPages pages;

  OutagesPage(OutageBook outages, Stores stores, HtmlPages pages) {
    this.outages = outages;
    this.stores = stores;
    this.pages = pages;
  }

  @GetMapping(path = PATH, produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> outages(
      Scope scope,
      CsrfToken csrf,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String tag) {
    String asked = state == null || state.isBlank() ? null : state;
    List<String> tags = tag == null || tag.isBlank() ? List.of() : List.of(tag);
    Registry registry = stores.registry();
    List<OutageLine> lines = new ArrayList<>();
    boolean[] more = {false};
    outages.forEach(
        scope,
        OutageQuery.parse(asked, null, tags, null, null),
        outage -> {
          more[0] = lines.size() == MOST;
          if (!more[0]) {
            lines.add(line(outage, registry));
          }
          return !more[0];
        });
    return pages.page(
        "dashboard/outages.jte",
        Map.of(
            "outages",
            lines,
            "more",
            more[0],
            "state",
            asked == null ? "" : asked,
            "tag",
            tag == null ? "" : tag,
            "viewer",
            pages.viewer(csrf)));
  }

  private static OutageLine line(OutageView outage, Registry registry) {
    Zone zone = registry.zoneInUse(registry.keyEver(outage.storeId()).orElseThrow());
    Instant to = outage.to();
    return new OutageLine(
        outage.storeId(),
        Fleet.link(outage.storeId()),
        outage.storeName(),
        Fleet.wallClock(zone, outage.from()),
        to == null ? null : Fleet.wallClock(zone, to),
        "silence".equals(outage.endedBy())
            ? "nothing was heard of it"
            : to == null ? "" : "it was up again",
        Lengths.of(outage.openSeconds().movePointRight(6).longValue()));
  }
}
