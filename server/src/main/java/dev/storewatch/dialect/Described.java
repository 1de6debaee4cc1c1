package dev.storewatch.dialect;

import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;
import org.springframework.http.MediaType;

/** What calls of the old systems have in common, for the description of the interface. */
final class Described {
  static final String ID = "The id of the report";
  private static final String NO_REPORT = "There is no such report";

  private Described() {}

  /** A call that asks for a report on every store. */
  @ApiResponse(
      responseCode = "200",
      description = ID,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = Answer.Started.class)))
  @TooMany
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Asks {}

  /** A call that may come when too many reports are queued. */
  @ApiResponse(
      responseCode = "429",
      description = "Too many reports are queued",
      content = @Content(schema = @Schema(hidden = true)))
  @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
  @Retention(RetentionPolicy.RUNTIME)
  @interface TooMany {}

  /** A call that answers with the state of a report. */
  @ApiResponse(
      responseCode = "200",
      description = "How far it is",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = Answer.Status.class)))
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface State {}

  /** A call that answers with the file of a report, or with its state. */
  @ApiResponse(
      responseCode = "200",
      headers =
          @Header(
              name = SharedAnswers.STATUS,
              description = "How far the report is, where the file may come",
              schema = @Schema(type = "string")),
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = Answer.Status.class)),
        @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
      })
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface StateOrFile {
    /** Which of the two comes when. */
    @AliasFor(annotation = ApiResponse.class, attribute = "description")
    String value();
  }

  /** A call that answers with the file of a report. */
  @ApiResponse(
      responseCode = "200",
      description = "The file",
      content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface File {}

  /** A call that refuses a body. */
  @ApiResponse(
      responseCode = "400",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = Answer.Failure.class)))
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface BadBody {
    /** What is wrong with it. */
    @AliasFor(annotation = ApiResponse.class, attribute = "description")
    String value() default "The body does not name a report";
  }

  /** A call that may not find what it is about. */
  @ApiResponse(
      responseCode = "404",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON_VALUE,
              schema = @Schema(implementation = Answer.Failure.class)))
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface NotFound {
    /** What is not found. */
    @AliasFor(annotation = ApiResponse.class, attribute = "description")
    String value() default NO_REPORT;
  }
}
