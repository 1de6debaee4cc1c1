package dev.storewatch.http;

import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.input.WrongInput;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.catalina.session.TooManyActiveSessionsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * The answers to all errors: RFC 9457 problem details, which say what is wrong and what would be
 * right.
 */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /** Answers an unexpected error; when the answer has begun already, it is cut off instead. */
  @ExceptionHandler(Exception.class)
  @Nullable ResponseEntity<Object> handleUnexpected(Exception failure, WebRequest request)
      throws Exception {
    DatabaseUnavailable away = DatabaseUnavailable.in(failure);
    if (away == null && DisconnectedClientHelper.isClientDisconnectedException(failure)) {
      LOG.debug("the client went away", failure);
      return null;
    }
    HttpServletResponse response = ((ServletWebRequest) request).getResponse();
    if (response != null && response.isCommitted()) {
      logCutOff(failure, request);
      throw failure;
    }
    if (away != null && away.isFull()) {
      return answer(Problem.diskFull(away), request);
    }
    if (away != null) {
      return away(away, request);
    }
    logUnexpected(failure, request);
    if (response != null) {
      // The answer that had begun has a media type and tags of its own.
      response.reset();
    }
    return problem(
        failure,
        HttpStatus.INTERNAL_SERVER_ERROR,
        "something went wrong on the server: its log tells what; the same request may work later",
        new HttpHeaders(),
        request);
  }

  /** Answers whoever sent something invalid, in the words of whatever found it. */
  @ExceptionHandler(WrongInput.class)
  @Nullable ResponseEntity<Object> handleWrongInput(WrongInput wrong, WebRequest request) {
    return problem(
        wrong,
        HttpStatus.BAD_REQUEST,
        String.valueOf(wrong.getMessage()),
        new HttpHeaders(),
        request);
  }

  /** Answers whoever would begin a session that is one too many. */
  @ExceptionHandler(TooManyActiveSessionsException.class)
  @Nullable ResponseEntity<Object> handleSessions(
      TooManyActiveSessionsException full, WebRequest request) {
    return answer(Problem.tooManySessions(full), request);
  }

  private @Nullable ResponseEntity<Object> answer(
      ErrorResponseException problem, WebRequest request) {
    return handleExceptionInternal(
        problem, problem.getBody(), problem.getHeaders(), problem.getStatusCode(), request);
  }

  private @Nullable ResponseEntity<Object> away(DatabaseUnavailable failure, WebRequest request) {
    LOG.warn("{}: {}", request.getDescription(false), failure.getMessage());
    HttpHeaders headers = new HttpHeaders();
    headers.set(
        HttpHeaders.RETRY_AFTER, String.valueOf(DatabaseUnavailable.RETRY_AFTER.toSeconds()));
    headers.setCacheControl("no-store");
    return problem(
        failure,
        HttpStatus.SERVICE_UNAVAILABLE,
        "the database does not answer at the moment: try again as Retry-After says",
        headers,
        request);
  }

  /** Logs a trace, but a single line for a stranger, who could fill the log with traces. */
  private static void logUnexpected(Exception failure, WebRequest request) {
    if (request.getUserPrincipal() == null) {
      LOG.error("{} failed: {}{}", request.getDescription(false), failure, place(failure));
    } else {
      LOG.error("{} failed", request.getDescription(false), failure);
    }
  }

  private static String place(Exception failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length == 0 ? "" : " at " + trace[0];
  }

  private static void logCutOff(Exception failure, WebRequest request) {
    if (failure instanceof IOException) {
      LOG.warn("{} was cut off: {}", request.getDescription(false), failure.getMessage());
    } else {
      logUnexpected(failure, request);
    }
  }

  private @Nullable ResponseEntity<Object> problem(
      Exception failure,
      HttpStatusCode status,
      String detail,
      HttpHeaders headers,
      WebRequest request) {
    ProblemDetail body = ProblemDetail.forStatusAndDetail(status, detail);
    return handleExceptionInternal(failure, body, headers, status, request);
  }

  /** Sets the media type, which must not depend on what the client accepts. */
  @Override
  protected ResponseEntity<Object> createResponseEntity(
      @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    return ResponseEntity.status(status)
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(body);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
      NoResourceFoundException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String detail =
        "there is nothing at /%s: the native interface begins at /api/v1/reports"
            .formatted(failure.getResourcePath());
    return problem(failure, status, detail, headers, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
      HttpRequestMethodNotSupportedException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    Collection<HttpMethod> supported = failure.getSupportedHttpMethods();
    String detail =
        "%s is not possible here: use %s"
            .formatted(failure.getMethod(), listed(supported, HttpMethod::name));
    return problem(failure, status, detail, headers, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
      HttpMediaTypeNotSupportedException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String detail =
        "the body is sent as %s: send it with Content-Type %s"
            .formatted(
                failure.getContentType(),
                listed(failure.getSupportedMediaTypes(), Object::toString));
    return problem(failure, status, detail, headers, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(
      HttpMediaTypeNotAcceptableException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String detail =
        "the answer cannot be had as '%s': accept %s"
            .formatted(
                request.getHeader(HttpHeaders.ACCEPT),
                listed(failure.getSupportedMediaTypes(), Object::toString));
    return problem(failure, status, detail, headers, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
      MissingServletRequestParameterException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String detail = "the parameter %s is missing".formatted(failure.getParameterName());
    return problem(failure, status, detail, headers, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String name =
        failure instanceof MethodArgumentTypeMismatchException argument
            ? argument.getName()
            : String.valueOf(failure.getPropertyName());
    Class<?> type = failure.getRequiredType();
    boolean number = type != null && (Number.class.isAssignableFrom(type) || type.isPrimitive());
    String detail =
        "%s is '%s': use %s"
            .formatted(name, failure.getValue(), number ? "a whole number" : "a valid value");
    return problem(failure, status, detail, headers, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException failure,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ErrorResponse better) {
        return handleExceptionInternal(
            failure, better.getBody(), headers, better.getStatusCode(), request);
      }
    }
    String detail =
        failure.getCause() instanceof JacksonException json
            ? explain(json)
            : "the body cannot be read: send JSON, for example {}";
    return problem(failure, status, detail, headers, request);
  }

  /** Returns what is wrong with a body of JSON, and what would be right. */
  static String explain(JacksonException failure) {
    return switch (failure) {
      case UnrecognizedPropertyException unknown ->
          "there is no field '%s': use %s"
              .formatted(unknown.getPropertyName(), listed(unknown.getKnownPropertyIds()));
      case MismatchedInputException mismatch when !mismatch.getPath().isEmpty() ->
          "the field '%s' has the wrong type: use %s"
              .formatted(field(mismatch), typeName(mismatch.getTargetType()));
      case MismatchedInputException mismatch ->
          "the body is not a JSON object: send for example {}";
      default ->
          "the body is not JSON: %s%s"
              .formatted(words(failure.getOriginalMessage()), place(failure.getLocation()));
    };
  }

  /** Returns a message without what Jackson adds in brackets, which is about its own settings. */
  private static String words(String message) {
    int bracket = message.indexOf(" (start marker");
    return bracket < 0 ? message : message.substring(0, bracket);
  }

  private static String listed(@Nullable Collection<Object> names) {
    return listed(names, Object::toString);
  }

  private static <T> String listed(@Nullable Collection<T> values, Function<T, String> name) {
    return values == null || values.isEmpty()
        ? "another"
        : values.stream()
            .map(name)
            .filter(text -> !text.contains("*"))
            .sorted()
            .collect(Collectors.joining(", "));
  }

  private static String field(MismatchedInputException mismatch) {
    return mismatch.getPath().stream()
        .map(
            step ->
                step.getPropertyName() == null
                    ? "[" + step.getIndex() + "]"
                    : step.getPropertyName())
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }

  private static String typeName(@Nullable Class<?> type) {
    if (type == null) {
      return "another";
    }
    if (type == Boolean.class) {
      return "true or false";
    }
    return type == String.class
        ? "a text"
        : Collection.class.isAssignableFrom(type) ? "an array" : type.getSimpleName();
  }

  private static String place(@Nullable TokenStreamLocation place) {
    return place == null
        ? ""
        : " at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
  }
}
