package dev.storewatch.dashboard;

import dev.storewatch.access.CallerToken;
import dev.storewatch.access.Role;
import dev.storewatch.http.Caller;
import dev.storewatch.http.Problem;
import dev.storewatch.signin.HtmlPages;
import dev.storewatch.store.Registrar;
import dev.storewatch.store.Scope;
import dev.storewatch.store.UnknownStore;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page of a store: when it was up and down, how that is known, and what is said of it. */
@Hidden
@RestController
class StorePage {
  private static final String PATH = "/stores/{id}";

  private final StoreNow stores;
  private final HistoryPanels histories;
  private final Registrar registrar;
  private final HtmlPages pages;

  StorePage(StoreNow stores, HistoryPanels histories, Registrar registrar, HtmlPages pages) {
    this.stores = stores;
    this.histories = histories;
    this.registrar = registrar;
    this.pages = pages;
  }

  @GetMapping(path = PATH, produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> store(
      Scope scope,
      CsrfToken csrf,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String date,
      @RequestParam(required = false) @Nullable String month) {
    try {
      return page(scope, csrf, stores.look(scope, id, date, month));
    } catch (UnknownStore e) {
      throw Problem.notFound(e);
    }
  }

  private ResponseEntity<String> page(Scope scope, CsrfToken csrf, StorePageView store) {
    return pages.page(
        "dashboard/store.jte",
        Map.of(
            "store",
            store,
            "history",
            histories.ofStore(scope, store.id()),
            "isOperator",
            CallerToken.current().grant().role().includes(Role.OPERATOR),
            "viewer",
            pages.viewer(csrf)));
  }

  /** Changes what is said of a store; if something is wrong, shows the form again, and what. */
  @PostMapping(PATH)
  ResponseEntity<?> change(
      Scope scope,
      Caller caller,
      CsrfToken csrf,
      @PathVariable String id,
      @RequestParam Map<String, String> sent) {
    try {
      StoreForm.Said said = stores.form(scope, id).with(sent).read();
      if (said.form().wrong().isEmpty()) {
        registrar.by(caller.name()).change(scope, id, said.details(), said.parts());
        return Forms.show(Fleet.link(id) + "#store");
      }
      StorePageView store = stores.look(scope, id, null, null).with(said.form());
      ResponseEntity<String> page = page(scope, csrf, store);
      return ResponseEntity.status(HttpStatus.BAD_REQUEST)
          .headers(page.getHeaders())
          .body(page.getBody());
    } catch (UnknownStore e) {
      throw Problem.notFound(e);
    } catch (Registrar.OutOfScope e) {
      throw Problem.forbidden(String.valueOf(e.getMessage()));
    }
  }
}
