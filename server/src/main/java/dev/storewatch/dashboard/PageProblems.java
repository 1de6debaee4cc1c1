package dev.storewatch.dashboard;

import dev.storewatch.input.WrongInput;
import dev.storewatch.signin.HtmlPages;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What people see instead of a page, where programs get a problem document. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice(basePackageClasses = PageProblems.class)
class PageProblems {
  private final HtmlPages pages;

  PageProblems(HtmlPages pages) {
    this.pages = pages;
  }

  @ExceptionHandler
  ResponseEntity<String> problem(ErrorResponseException problem, CsrfToken csrf) {
    return page(problem.getStatusCode(), String.valueOf(problem.getBody().getDetail()), csrf);
  }

  @ExceptionHandler
  ResponseEntity<String> wrongInput(WrongInput wrong, CsrfToken csrf) {
    return page(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()), csrf);
  }

  private ResponseEntity<String> page(HttpStatusCode status, String detail, CsrfToken csrf) {
    ResponseEntity<String> page =
        pages.page("dashboard/problem.jte", Map.of("detail", detail, "viewer", pages.viewer(csrf)));
    return ResponseEntity.status(status).headers(page.getHeaders()).body(page.getBody());
  }
}
