package dev.storewatch.incident;

import dev.storewatch.http.Caller;
import dev.storewatch.http.Paging;
import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to incidents. */
@Tag(name = "incidents", description = "What is wrong at stores, as people are told of it")
@RestController
@RequestMapping("/api/v1/incidents")
class IncidentApi {
  private static final String ID = "The id of the incident";

  private final IncidentBook book;

  IncidentApi(IncidentBook book) {
    this.book = book;
  }

  /**
   * A page of incidents, the latest first.
   *
   * @param incidents the incidents
   * @param after what to send as {@code after} for the next page; null on the last
   */
  record Listed(List<IncidentView> incidents, @Nullable String after) {}

  /**
   * Somebody knows of an incident.
   *
   * @param note what they say of it
   */
  record Note(@Nullable String note) {}

  @Operation(
      summary = "List incidents, the latest first",
      description = "Those of groups of stores are listed for callers who may see all stores.")
  @ApiResponse(responseCode = "200", description = "A page of incidents")
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store, or after is none")
  @GetMapping
  Listed list(
      Scope scope,
      @RequestParam(defaultValue = "50") int limit,
      @Parameter(description = "The after of the page before") @RequestParam(required = false)
          @Nullable String after,
      @Parameter(
              description = "Whether they last",
              schema = @Schema(allowableValues = {"open", "ended"}))
          @RequestParam(required = false)
          @Nullable String state,
      @Parameter(description = "Only those of this store") @RequestParam(required = false)
          @Nullable String store,
      @Parameter(
              description = "Only those with this wrong",
              schema =
                  @Schema(
                      allowableValues = {
                        "down",
                        "not_opened",
                        "dark",
                        "flapping",
                        "low_uptime",
                        "monitor"
                      }))
          @RequestParam(required = false)
          @Nullable String trouble) {
    int most = Paging.checked(limit);
    List<IncidentView> found =
        Answers.of(() -> book.list(scope, state, store, trouble, after, most));
    List<IncidentView> page = Paging.page(found, most);
    return new Listed(page, Paging.hasMore(found, most) ? page.getLast().id() : null);
  }

  @Operation(summary = "Show an incident, and which channels heard of it")
  @ApiResponse(responseCode = "200", description = "The incident")
  @ApiResponse(responseCode = "404", description = "There is no such incident")
  @GetMapping("/{id}")
  IncidentView get(Scope scope, @Parameter(description = ID) @PathVariable String id) {
    return Answers.of(() -> book.get(scope, id));
  }

  @Operation(
      summary = "Say that you know of an incident",
      description = "It is begun to be told to nobody else then. Its end is told as ever.")
  @ApiResponse(responseCode = "200", description = "The incident")
  @ApiResponse(responseCode = "400", description = "The body is invalid, or the incident is over")
  @ApiResponse(responseCode = "404", description = "There is no such incident")
  @ApiResponse(responseCode = "413", description = "The body is too large")
  @ApiResponse(responseCode = "415", description = "The body is not sent as JSON")
  @PostMapping("/{id}/acknowledge")
  IncidentView acknowledge(
      Scope scope,
      Caller caller,
      @Parameter(description = ID) @PathVariable String id,
      @RequestBody Note body) {
    return Answers.of(() -> book.acknowledge(scope, caller.name(), id, body.note()));
  }
}
