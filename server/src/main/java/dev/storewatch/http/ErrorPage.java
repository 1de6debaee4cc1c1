package dev.storewatch.http;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The answer, with problem details too, to the errors that come up before or after all controllers.
 */
@Hidden
@RestController
class ErrorPage implements ErrorController {
  @RequestMapping("/error")
  @Nullable ResponseEntity<ProblemDetail> error(
      HttpServletRequest request, HttpServletResponse response) {
    if (response.isCommitted()) {
      return null;
    }
    HttpStatus status = HttpStatus.NOT_FOUND;
    if (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code) {
      HttpStatus known = HttpStatus.resolve(code);
      status = known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
    }
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail(status));
    if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path) {
      problem.setInstance(ProblemAnswer.instance(path));
    }
    return ResponseEntity.of(problem).build();
  }

  private static String detail(HttpStatus status) {
    return status.is5xxServerError()
        ? "something went wrong on the server: its log tells what"
        : "the server cannot take this request: the native interface begins at /api/v1/reports";
  }
}
