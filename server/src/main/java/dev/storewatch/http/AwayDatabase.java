package dev.storewatch.http;

import dev.storewatch.database.DatabaseUnavailable;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.session.TooManyActiveSessionsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A filter that answers when other filters cannot go on, because the database does not answer or
 * there is too much of something; {@link Problems} does the same for handlers.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class AwayDatabase extends OncePerRequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger(AwayDatabase.class);

  private final ProblemAnswer problems;

  AwayDatabase(ProblemAnswer problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (ServletException | RuntimeException e) {
      Exception known = known(e);
      if (known == null || response.isCommitted()) {
        throw e;
      }
      answer(known, request, response);
    }
  }

  private static @Nullable Exception known(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DatabaseUnavailable away && away.isFull()) {
        return Problem.diskFull(away);
      }
      if (cause instanceof DatabaseUnavailable || cause instanceof ErrorResponseException) {
        return (Exception) cause;
      }
      if (cause instanceof TooManyActiveSessionsException full) {
        return Problem.tooManySessions(full);
      }
    }
    return null;
  }

  private void answer(Exception known, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.reset();
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (known instanceof ErrorResponseException problem) {
      problem
          .getHeaders()
          .forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
      HttpStatus status = HttpStatus.valueOf(problem.getStatusCode().value());
      problems.write(request, response, status, String.valueOf(problem.getBody().getDetail()));
      return;
    }
    LOG.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), known.getMessage());
    response.setHeader(
        HttpHeaders.RETRY_AFTER, String.valueOf(DatabaseUnavailable.RETRY_AFTER.toSeconds()));
    problems.write(
        request,
        response,
        HttpStatus.SERVICE_UNAVAILABLE,
        "the database does not answer at the moment: try again as Retry-After says");
  }
}
