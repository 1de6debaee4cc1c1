package dev.storewatch.poll;

import dev.storewatch.http.Caller;
import dev.storewatch.http.Problem;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.store.Scope;
import dev.storewatch.store.UnknownStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to the polls that a store has. */
@Tag(name = "polls", description = "Polls as they are made")
@RestController
class StorePollsApi {
  private final PollIntake intake;

  StorePollsApi(PollIntake intake) {
    this.intake = intake;
  }

  /**
   * Polls that were deleted.
   *
   * @param from the first instant of the period
   * @param to the first instant after it
   * @param deleted how many there were
   */
  record DeletedPolls(String storeId, Instant from, Instant to, long deleted) {}

  @Operation(
      summary = "Delete the polls of a store in a period, such as those of a clock that was wrong",
      description =
          "From then on states, uptime, timelines and new reports are as if these polls had never"
              + " come; reports that are there stay as they are. The store stays.")
  @ApiResponse(responseCode = "200", description = "How many were deleted, none included")
  @ApiResponse(responseCode = "400", description = "The period is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @DeleteMapping("/api/v1/stores/{id}/polls")
  DeletedPolls delete(
      Scope scope,
      Caller caller,
      @Parameter(description = "The id of the store") @PathVariable String id,
      @Parameter(
              description = "The first instant of the period",
              required = true,
              schema = @Schema(format = "date-time"))
          @RequestParam(required = false)
          @Nullable String from,
      @Parameter(
              description = "The first instant after the period",
              required = true,
              schema = @Schema(format = "date-time"))
          @RequestParam(required = false)
          @Nullable String to) {
    Span period = PollPeriod.parse(from, to);
    try {
      long deleted =
          intake.write(
              in -> {
                in.by(caller.name(), null);
                return in.delete(scope, id, period);
              });
      return new DeletedPolls(
          id, Micros.toInstant(period.start()), Micros.toInstant(period.end()), deleted);
    } catch (UnknownStore e) {
      throw Problem.notFound(e);
    }
  }
}
