package dev.storewatch.dashboard;

import dev.storewatch.http.Problem;
import dev.storewatch.signin.HtmlPages;
import dev.storewatch.store.Scope;
import dev.storewatch.store.UnknownStore;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The page that tells why other monitors have other numbers of a store. */
@Hidden
@RestController
class OtherNumbersPage {
  private final OtherNumbers numbers;
  private final HtmlPages pages;

  OtherNumbersPage(OtherNumbers numbers, HtmlPages pages) {
    this.numbers = numbers;
    this.pages = pages;
  }

  @GetMapping(path = "/stores/{id}/other-numbers", produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> otherNumbers(Scope scope, CsrfToken csrf, @PathVariable String id) {
    try {
      return pages.page(
          "dashboard/othernumbers.jte",
          Map.of("numbers", numbers.look(scope, id), "viewer", pages.viewer(csrf)));
    } catch (UnknownStore e) {
      throw Problem.notFound(e);
    }
  }
}
