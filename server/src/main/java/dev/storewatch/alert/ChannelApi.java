package dev.storewatch.alert;

import dev.storewatch.audit.AuditNote;
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
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to the channels of alerts. */
@Tag(name = "alerts", description = "Channels of alerts, and the messages on their way to them")
@RestController
@RequestMapping("/api/v1")
class ChannelApi {
  private static final String ID = "The id of the channel";

  private final ChannelBook book;
  private final Deliveries deliveries;

  ChannelApi(ChannelBook book, Deliveries deliveries) {
    this.book = book;
    this.deliveries = deliveries;
  }

  /** All channels in the order of their names. */
  record Listed(List<ChannelView> channels) {}

  /** The kinds of channels that there are. */
  record Kinds(List<KindView> kinds) {}

  /** How many messages are sent again. */
  record Resent(int resent) {}

  @Operation(summary = "List the kinds of channels, with what each is set up with")
  @ApiResponse(responseCode = "200", description = "The kinds")
  @GetMapping("/channel-kinds")
  Kinds kinds() {
    return new Kinds(book.kinds().stream().map(KindView::of).toList());
  }

  @Operation(summary = "List the channels in the order of their names")
  @ApiResponse(responseCode = "200", description = "The channels, without their secrets")
  @GetMapping("/channels")
  Listed list() {
    return new Listed(book.list());
  }

  @Operation(summary = "Show a channel")
  @ApiResponse(responseCode = "200", description = "The channel, without its secrets")
  @ApiResponse(responseCode = "404", description = "There is no such channel")
  @GetMapping("/channels/{id}")
  ChannelView get(@Parameter(description = ID) @PathVariable String id) {
    return ChannelAnswers.of(() -> book.get(id));
  }

  @Operation(summary = "Enter a channel; its secrets are kept encrypted, and never shown again")
  @ApiResponse(responseCode = "201", description = "The channel")
  @ApiResponse(responseCode = "400", description = "The body is invalid")
  @ApiResponse(
      responseCode = "409",
      description = "Another channel has the name, or there is no key for secrets")
  @ApiResponse(responseCode = "413", description = "The body is too large")
  @ApiResponse(responseCode = "415", description = "The body is not sent as JSON")
  @PostMapping("/channels")
  ResponseEntity<ChannelView> add(Caller caller, @RequestBody ChannelBody body) {
    ChannelView added = ChannelAnswers.of(() -> book.add(caller.name(), body));
    AuditNote.of(added.name()).leave();
    return ResponseEntity.created(URI.create("/api/v1/channels/" + added.id())).body(added);
  }

  @Operation(
      summary = "Change a channel; what is left out stays as it is",
      description =
          "What waits for it is tried at once. When the secret of a webhook is changed, the one"
              + " before signs too, until previous_secret is set to null.")
  @ApiResponse(responseCode = "200", description = "The channel")
  @ApiResponse(responseCode = "400", description = "The body is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such channel")
  @ApiResponse(
      responseCode = "409",
      description = "Another channel has the name, or there is no key for secrets")
  @ApiResponse(responseCode = "413", description = "The body is too large")
  @ApiResponse(responseCode = "415", description = "The body is not sent as JSON")
  @PatchMapping("/channels/{id}")
  ChannelView change(
      Caller caller,
      @Parameter(description = ID) @PathVariable String id,
      @RequestBody ChannelChange body) {
    ChannelView changed = ChannelAnswers.of(() -> book.change(caller.name(), id, body));
    AuditNote.of(changed.name()).leave();
    return changed;
  }

  @Operation(summary = "Delete a channel with its secrets; what waits for it is not sent any more")
  @ApiResponse(responseCode = "204", description = "It is deleted")
  @ApiResponse(responseCode = "404", description = "There is no such channel")
  @DeleteMapping("/channels/{id}")
  ResponseEntity<Void> delete(Caller caller, @Parameter(description = ID) @PathVariable String id) {
    AuditNote.of(ChannelAnswers.of(() -> book.delete(caller.name(), id))).leave();
    return ResponseEntity.noContent().build();
  }

  @Operation(
      summary = "Send a message that says that nothing happened",
      description = "The answer is the delivery, which tells later what came of it.")
  @ApiResponse(responseCode = "202", description = "The message is queued")
  @ApiResponse(responseCode = "404", description = "There is no such channel")
  @PostMapping("/channels/{id}/test")
  ResponseEntity<DeliveryView> test(@Parameter(description = ID) @PathVariable String id) {
    Delivery queued = ChannelAnswers.of(() -> book.test(id));
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/deliveries/" + queued.id()))
        .body(DeliveryView.of(queued));
  }

  @Operation(summary = "Send everything again that a channel did not get")
  @ApiResponse(responseCode = "200", description = "How many messages are queued again")
  @ApiResponse(responseCode = "404", description = "There is no such channel")
  @PostMapping("/channels/{id}/resend")
  Resent resend(@Parameter(description = ID) @PathVariable String id) {
    ChannelView channel = ChannelAnswers.of(() -> book.get(id));
    return new Resent(deliveries.resendAll(channel.id()));
  }
}
