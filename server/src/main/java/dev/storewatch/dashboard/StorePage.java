package dev.storewatch.dashboard;

import dev.storewatch.http.Problem;
import dev.storewatch.signin.HtmlPages;
import dev.storewatch.store.Scope;
import dev.storewatch.store.UnknownStore;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page of a store: when it was up and down, and how that is known. */
@Hidden
@RestController
class StorePage {
  private final StoreNow stores;
  private final HistoryPanels histories;
  private final HtmlPages pages;

  StorePage(StoreNow stores, HistoryPanels histories, HtmlPages pages) {
    this.stores = stores;
    this.histories = histories;
    this.pages = pages;
  }

  @GetMapping(path = "/stores/{id}", produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> store(
      Scope scope,
      CsrfToken csrf,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String date) {
    try {
      return pages.page(
          "dashboard/store.jte",
          Map.of(
              "store",
              stores.look(scope, id, date),
              "history",
              histories.ofStore(scope, id),
              "viewer",
              pages.viewer(csrf)));
    } catch (UnknownStore e) {
      throw Problem.notFound(e);
    }
  }
}
