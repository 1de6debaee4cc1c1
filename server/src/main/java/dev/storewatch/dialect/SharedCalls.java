package dev.storewatch.dialect;

import dev.storewatch.http.Caller;
import dev.storewatch.store.Scope;
import dev.storewatch.store.ScopeNow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The calls that several of the old systems had at one address. What tells their clients apart is
 * the slash at the end of the path: systems A and E had it and answered with the file itself, B and
 * D had none and answered with the state as JSON. A client that asks for {@code text/csv} gets the
 * file everywhere.
 */
@Tag(name = "dialects A, B, D and E", description = "The calls that these systems shared")
@RestController
class SharedCalls {
  private static final String GET = "Tell how far a report is, or bring its file";
  private static final String FOUND =
      "How far the report is, as JSON; or the file of a complete one, if the path ends with a slash"
          + " or the client accepts text/csv best";
  private static final String NOT_FOUND =
      "There is no such report; or it failed, if the path has its id and ends with a slash";

  private static final String EXAMPLE = "{\"report_id\": \"6f1c2f5e-9f5b-4f6e-8f43-0d6f0a8f4c11\"}";

  private final SharedAnswers answers;

  SharedCalls(SharedAnswers answers) {
    this.answers = answers;
  }

  /** Accepts any body, because the old systems ignored it. */
  @Operation(summary = "Ask for a report on every store")
  @Described.Asks
  @PostMapping({"/trigger_report", "/trigger_report/"})
  ResponseEntity<Answer> trigger(Scope scope, Caller caller) {
    return answers.trigger(scope, caller);
  }

  @Operation(summary = GET)
  @Described.StateOrFile(FOUND)
  @Described.NotFound(NOT_FOUND)
  @GetMapping({"/get_report/{id}", "/get_report/{id}/"})
  ResponseEntity<?> get(
      Scope scope,
      HttpServletRequest request,
      @Parameter(description = Described.ID) @PathVariable String id) {
    if (request.getRequestURI().endsWith("/")) {
      return answers.fileOrNothing(id, scope);
    }
    return answers.wantsFile(request)
        ? answers.fileWithStatus(id, scope)
        : answers.status(id, "/download_report/" + id, scope);
  }

  @Operation(summary = GET)
  @Described.StateOrFile(FOUND)
  @Described.NotFound
  @GetMapping({"/get_report", "/get_report/"})
  ResponseEntity<?> getByQuery(
      Scope scope,
      HttpServletRequest request,
      @Parameter(description = Described.ID) @RequestParam(name = "report_id", defaultValue = "")
          String id) {
    return byId(id, request, scope);
  }

  private ResponseEntity<?> byId(String id, HttpServletRequest request, Scope scope) {
    return request.getRequestURI().endsWith("/") || answers.wantsFile(request)
        ? answers.fileWithStatus(id, scope)
        : answers.status(id, "/reports/" + id + ".csv", scope);
  }

  /** Takes the id from a body too, since clients of this task that stand in public send it so. */
  @Operation(summary = GET)
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = "application/json",
            schema = @Schema(implementation = Answer.Started.class)),
        @Content(
            mediaType = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
            schema = @Schema(implementation = Answer.Started.class)),
        @Content(
            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
            schema = @Schema(implementation = Answer.Started.class))
      })
  @Described.StateOrFile(FOUND)
  @Described.BadBody
  @Described.NotFound
  @PostMapping({"/get_report", "/get_report/"})
  ResponseEntity<?> getByBody(HttpServletRequest request, ScopeNow scope) throws IOException {
    return answers.withBody(
        request, scope, EXAMPLE, (sent, seen) -> byId(sent.required("report_id"), request, seen));
  }
}
