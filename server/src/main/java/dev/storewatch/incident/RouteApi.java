package dev.storewatch.incident;

import dev.storewatch.http.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to what channels are told of. */
@Tag(name = "alerts")
@RestController
@RequestMapping("/api/v1/routes")
class RouteApi {
  private final IncidentBook book;

  RouteApi(IncidentBook book) {
    this.book = book;
  }

  /** All routes in the order in which they were entered. */
  record Listed(List<RouteView> routes) {}

  @Operation(
      summary = "List what channels are told of, in the order in which it was entered",
      description = "A channel without a route is told of everything.")
  @ApiResponse(responseCode = "200", description = "The routes")
  @GetMapping
  Listed list() {
    return new Listed(book.routes());
  }

  @Operation(
      summary = "Enter what a channel is told of",
      description = "A channel that has routes is told of nothing else.")
  @ApiResponse(responseCode = "201", description = "The route")
  @ApiResponse(responseCode = "400", description = "The body is invalid")
  @ApiResponse(responseCode = "413", description = "The body is too large")
  @ApiResponse(responseCode = "415", description = "The body is not sent as JSON")
  @PostMapping
  ResponseEntity<RouteView> add(Caller caller, @RequestBody RouteBody body) {
    RouteView added = book.add(caller.name(), body);
    return ResponseEntity.created(URI.create("/api/v1/routes/" + added.id())).body(added);
  }

  @Operation(summary = "Delete a route")
  @ApiResponse(responseCode = "204", description = "It is deleted")
  @ApiResponse(responseCode = "404", description = "There is no such route")
  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(
      @Parameter(description = "The id of the route") @PathVariable String id) {
    return Answers.of(
        () -> {
          book.deleteRoute(id);
          return ResponseEntity.noContent().build();
        });
  }
}
