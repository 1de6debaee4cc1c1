package dev.storewatch.alert;

import dev.storewatch.http.Paging;
import dev.storewatch.http.Problem;
import dev.storewatch.input.WrongInput;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to messages on their way to channels. */
@Tag(name = "alerts")
@RestController
@RequestMapping("/api/v1/deliveries")
class DeliveryApi {
  private static final String ID = "The id of the delivery";

  private final Deliveries deliveries;

  DeliveryApi(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  /**
   * A page of deliveries, the newest first.
   *
   * @param deliveries the deliveries
   * @param after what to send as {@code after} for the next page; null on the last
   */
  record Listed(List<DeliveryView> deliveries, @Nullable String after) {}

  @Operation(summary = "List the messages to channels, the newest first")
  @ApiResponse(responseCode = "200", description = "A page of deliveries")
  @ApiResponse(responseCode = "400", description = "A parameter is invalid")
  @GetMapping
  Listed list(
      @RequestParam(defaultValue = "50") int limit,
      @Parameter(description = "The after of the page before") @RequestParam(required = false)
          @Nullable String after,
      @Parameter(description = "Only those to the channel with this id")
          @RequestParam(required = false)
          @Nullable String channel,
      @Parameter(
              description = "Only those in this state",
              schema =
                  @Schema(
                      allowableValues = {
                        "queued",
                        "running",
                        "delivered",
                        "accepted",
                        "dead",
                        "skipped"
                      }))
          @RequestParam(required = false)
          @Nullable String state,
      @Parameter(description = "Only those about this incident") @RequestParam(required = false)
          @Nullable String incident) {
    int most = Paging.checked(limit);
    List<Delivery> found =
        deliveries.list(most + 1, before(after), channel, state(state), incident);
    List<Delivery> page = Paging.page(found, most);
    return new Listed(
        page.stream().map(DeliveryView::of).toList(),
        Paging.hasMore(found, most) ? String.valueOf(page.getLast().number()) : null);
  }

  private static long before(@Nullable String after) {
    if (after == null) {
      return Long.MAX_VALUE;
    }
    if (!after.matches("\\d{1,18}")) {
      throw new WrongInput(
          "after is '%s': use the after of the page before, such as 17".formatted(after));
    }
    return Long.parseLong(after);
  }

  private static Delivery.@Nullable State state(@Nullable String word) {
    return word == null ? null : Delivery.State.parse(word);
  }

  @Operation(summary = "Show a message, and what came of it")
  @ApiResponse(responseCode = "200", description = "The delivery")
  @ApiResponse(responseCode = "404", description = "There is no such delivery")
  @GetMapping("/{id}")
  DeliveryView get(@Parameter(description = ID) @PathVariable String id) {
    return DeliveryView.of(found(id));
  }

  private Delivery found(String id) {
    return deliveries
        .find(id)
        .orElseThrow(() -> Problem.notFound("there is no delivery with the id %s".formatted(id)));
  }

  @Operation(
      summary = "Send a message again that is dead, or was accepted and did not come",
      description = "It keeps its id, so a receiver that has it already can tell.")
  @ApiResponse(responseCode = "202", description = "The message is queued again")
  @ApiResponse(responseCode = "404", description = "There is no such delivery")
  @ApiResponse(
      responseCode = "409",
      description = "It waits, or is delivered, or its channel was deleted")
  @PostMapping("/{id}/resend")
  ResponseEntity<DeliveryView> resend(@Parameter(description = ID) @PathVariable String id) {
    Delivery had = found(id);
    if (!deliveries.resend(id)) {
      throw Problem.conflict(
          had.state().isResendable()
              ? "the channel of the message was deleted"
              : "the message is %s: only one that is dead or accepted can be sent again"
                  .formatted(had.state().word()));
    }
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/deliveries/" + id))
        .body(DeliveryView.of(found(id)));
  }
}
