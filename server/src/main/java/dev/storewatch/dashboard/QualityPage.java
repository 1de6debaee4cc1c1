package dev.storewatch.dashboard;

import dev.storewatch.quality.Fault;
import dev.storewatch.quality.StoreFaults;
import dev.storewatch.signin.HtmlPages;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page of what is refused, missing or assumed of stores. */
@Hidden
@RestController
class QualityPage {
  static final String PATH = "/quality";
  private static final int MOST = 200;

  private final Stores stores;
  private final HtmlPages pages;

  QualityPage(Stores stores, HtmlPages pages) {
    this.stores = stores;
    this.pages = pages;
  }

  @GetMapping(path = PATH, produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> quality(
      Scope scope, CsrfToken csrf, @RequestParam(required = false) @Nullable String after) {
    StoreFaults faults = new StoreFaults(stores.registry(), scope);
    List<FaultLine> lines = new ArrayList<>();
    String last = null;
    boolean isMore = false;
    for (int key : faults.keysAfter(after == null || after.isBlank() ? null : after).toArray()) {
      List<Fault> ofOne = faults.of(key);
      if (!ofOne.isEmpty() && lines.size() >= MOST) {
        isMore = true;
        break;
      }
      for (Fault fault : ofOne) {
        lines.add(line(fault));
        last = fault.storeId();
      }
    }
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("notices", faults.findings().notices());
    values.put("faults", lines);
    values.put("next", isMore ? last : null);
    values.put("viewer", pages.viewer(csrf));
    return pages.page("dashboard/quality.jte", values);
  }

  private static FaultLine line(Fault fault) {
    return new FaultLine(
        fault.storeId(),
        Fleet.link(fault.storeId()),
        fault.detail(),
        fault.since() == null ? "" : Fleet.inUtc(fault.since()));
  }
}
