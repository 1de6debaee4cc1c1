package dev.storewatch.http;

import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.database.FreeDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.apache.catalina.session.TooManyActiveSessionsException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * The errors that handlers of requests answer with, each of which says what is wrong and what would
 * be right.
 */
public final class Problem {
  private static final String NO_ROOM =
      "the disk of the database is full, so nothing of this was stored: make room on it, then send"
          + " this again";

  private Problem() {}

  /** The request is invalid: 400. */
  public static ErrorResponseException badRequest(String detail) {
    return of(HttpStatus.BAD_REQUEST, detail);
  }

  /** The caller may not do this: 403. */
  public static ErrorResponseException forbidden(String detail) {
    return of(HttpStatus.FORBIDDEN, detail);
  }

  /** There is no such thing, or the caller may not see it: 404. */
  public static ErrorResponseException notFound(String detail) {
    return of(HttpStatus.NOT_FOUND, detail);
  }

  /** There is no such thing, as something below the handler found: 404. */
  public static ErrorResponseException notFound(RuntimeException cause) {
    return of(HttpStatus.NOT_FOUND, String.valueOf(cause.getMessage()), cause);
  }

  /** The body came too slowly: 408. */
  public static ErrorResponseException tooSlow(String detail) {
    return of(HttpStatus.REQUEST_TIMEOUT, detail);
  }

  /** It cannot be done in the present state: 409. */
  public static ErrorResponseException conflict(String detail) {
    return of(HttpStatus.CONFLICT, detail);
  }

  /** It cannot be done in the present state, as something below the handler found: 409. */
  public static ErrorResponseException conflict(RuntimeException cause) {
    return of(HttpStatus.CONFLICT, String.valueOf(cause.getMessage()), cause);
  }

  /** What was sent is understood, but contradicts what was sent before: 422. */
  public static ErrorResponseException unprocessable(RuntimeException cause) {
    return of(HttpStatus.UNPROCESSABLE_CONTENT, String.valueOf(cause.getMessage()), cause);
  }

  /** What was sent is larger than allowed: 413. */
  public static ErrorResponseException tooLarge(String detail) {
    return of(HttpStatus.CONTENT_TOO_LARGE, detail);
  }

  /** The body is in a form that is not read here: 415. */
  public static ErrorResponseException unsupported(String detail) {
    return of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, detail);
  }

  /** There is too much of it at the moment: 429, with the time to wait before the next attempt. */
  public static ErrorResponseException tooMany(String detail, Duration retryAfter) {
    ErrorResponseException problem = of(HttpStatus.TOO_MANY_REQUESTS, detail);
    problem
        .getHeaders()
        .set(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, retryAfter.toSeconds())));
    return problem;
  }

  /** There is no room on the disk: 507. */
  public static ErrorResponseException diskFull(FreeDisk.Full cause) {
    return of(HttpStatus.INSUFFICIENT_STORAGE, String.valueOf(cause.getMessage()), cause);
  }

  /**
   * Refuses a request with 507 when less room is left on the disk than is kept free.
   *
   * @throws ErrorResponseException if that is so
   */
  public static void requireRoom(FreeDisk disk) {
    try {
      disk.require(0);
    } catch (FreeDisk.Full e) {
      throw diskFull(e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at the disk", e);
    }
  }

  /**
   * There is no room where the database is: 507.
   *
   * @param cause says that it {@link DatabaseUnavailable#isFull is full}
   */
  public static ErrorResponseException diskFull(DatabaseUnavailable cause) {
    return of(HttpStatus.INSUFFICIENT_STORAGE, NO_ROOM, cause);
  }

  /** There are more sessions than the web server keeps: 429. */
  static ErrorResponseException tooManySessions(TooManyActiveSessionsException cause) {
    return tooMany(
        "more sessions than the %d that may be were begun: try again in a few minutes"
            .formatted(cause.getMaxActiveSessions()),
        Duration.ofMinutes(1));
  }

  private static ErrorResponseException of(HttpStatus status, String detail) {
    return new ErrorResponseException(
        status, ProblemDetail.forStatusAndDetail(status, detail), null);
  }

  private static ErrorResponseException of(HttpStatus status, String detail, Throwable cause) {
    return new ErrorResponseException(
        status, ProblemDetail.forStatusAndDetail(status, detail), cause);
  }
}
