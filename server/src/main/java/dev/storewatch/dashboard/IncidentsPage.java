package dev.storewatch.dashboard;

import dev.storewatch.access.CallerToken;
import dev.storewatch.access.Role;
import dev.storewatch.hours.Zone;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.http.Caller;
import dev.storewatch.http.Problem;
import dev.storewatch.incident.IncidentBook;
import dev.storewatch.incident.IncidentView;
import dev.storewatch.incident.UnknownItem;
import dev.storewatch.signin.HtmlPages;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page of incidents: what people were told of, and who knows of it. */
@Hidden
@RestController
class IncidentsPage {
  static final String PATH = "/incidents";
  private static final int MOST = 200;

  private final IncidentBook book;
  private final Stores stores;
  private final HtmlPages pages;

  IncidentsPage(IncidentBook book, Stores stores, HtmlPages pages) {
    this.book = book;
    this.stores = stores;
    this.pages = pages;
  }

  @GetMapping(path = PATH, produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> incidents(
      Scope scope, CsrfToken csrf, @RequestParam(required = false) @Nullable String state) {
    String asked = state == null || state.isBlank() ? "open" : state;
    Registry registry = stores.registry();
    List<IncidentLine> lines =
        book.list(scope, asked, null, null, null, MOST).stream()
            .map(incident -> line(incident, registry))
            .toList();
    return pages.page(
        "dashboard/incidents.jte",
        Map.of(
            "incidents",
            lines,
            "state",
            asked,
            "mayAcknowledge",
            CallerToken.current().grant().role().includes(Role.OPERATOR),
            "viewer",
            pages.viewer(csrf)));
  }

  /** Notes that somebody knows of an incident, and shows those that last. */
  @PostMapping(PATH + "/{id}/acknowledge")
  ResponseEntity<Void> acknowledge(
      Scope scope,
      Caller caller,
      @PathVariable String id,
      @RequestParam(required = false, defaultValue = "") String note) {
    try {
      IncidentView _ =
          book.acknowledge(scope, caller.name(), id, note.isBlank() ? null : note.strip());
    } catch (UnknownItem e) {
      throw Problem.notFound(e);
    }
    return Forms.show(PATH);
  }

  private static IncidentLine line(IncidentView incident, Registry registry) {
    String store = incident.storeId();
    Zone zone =
        store == null
            ? ZoneTable.inUse().zone("UTC")
            : registry.zoneInUse(registry.keyEver(store).orElseThrow());
    IncidentView.Acknowledged known = incident.acknowledged();
    return new IncidentLine(
        incident.id(),
        store == null ? group(incident) : store,
        store == null ? null : Fleet.link(store),
        incident.storeName(),
        incident.trouble().replace('_', ' '),
        Fleet.wallClock(zone, incident.from()),
        incident.to() == null ? null : Fleet.wallClock(zone, incident.to()),
        incident.endedBy() == null ? "" : incident.endedBy(),
        known == null ? null : known(known, zone));
  }

  private static String group(IncidentView incident) {
    String group = String.valueOf(incident.group());
    return "%s, %d stores"
        .formatted(
            group.equals("fleet") ? "the fleet" : group.replaceFirst(":", " "), incident.stores());
  }

  private static String known(IncidentView.Acknowledged known, Zone zone) {
    return "%s, %s%s"
        .formatted(
            known.by() == null ? "somebody" : known.by(),
            Fleet.wallClock(zone, known.at()),
            known.note() == null ? "" : ": " + known.note());
  }
}
