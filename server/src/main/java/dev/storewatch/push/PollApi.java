package dev.storewatch.push;

import dev.storewatch.database.FreeDisk;
import dev.storewatch.file.PollItems;
import dev.storewatch.http.Caller;
import dev.storewatch.http.IncomingBody;
import dev.storewatch.http.Places;
import dev.storewatch.http.Problem;
import dev.storewatch.http.SenderLimits;
import dev.storewatch.poll.PollWriter;
import dev.storewatch.store.ScopeNow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The native interface by which polls are pushed. */
@Tag(name = "polls", description = "Polls as they are made")
@RestController
class PollApi {
  private static final String EXAMPLE =
      """
      {"store_id":"42","status":"active","timestamp_utc":"2023-01-25T18:13:22Z"}\
      """;

  private static final List<MediaType> LINES =
      Stream.of("application/x-ndjson", "application/ndjson", "application/jsonl")
          .map(MediaType::parseMediaType)
          .toList();

  private final PollWriter writer;
  private final FreeDisk disk;
  private final PushLimits limits;
  private final SenderLimits senderLimits;
  private final Places places;
  private final Clock clock;
  private final PushSettings settings;
  private final List<PushListener> listeners;

  PollApi(
      PollWriter writer,
      FreeDisk disk,
      PushLimits limits,
      SenderLimits senderLimits,
      Clock clock,
      PushSettings settings,
      ObjectProvider<PushListener> listeners) {
    this.listeners = listeners.stream().toList();
    this.writer = writer;
    this.disk = disk;
    this.limits = limits;
    this.senderLimits = senderLimits;
    this.places = new Places(limits.pushesAtOnce());
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * A poll, for the description of the interface; {@link dev.storewatch.file.JsonPoll} reads them.
   */
  record Poll(
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              types = {"string", "integer"},
              implementation = Object.class,
              example = "42")
          Object storeId,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              allowableValues = {"active", "inactive"})
          String status,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              type = "string",
              example = "2023-01-25T18:13:22.479220Z")
          String timestampUtc) {}

  @Operation(summary = "Push polls: one object, an array of them, or one on each line")
  @ApiResponse(responseCode = "200", description = "What became of each poll; the good ones are in")
  @ApiResponse(
      responseCode = "400",
      description =
          "The body is neither a poll nor an array of polls, or the array breaks off; taken says"
              + " what became of the items before that")
  @ApiResponse(responseCode = "408", description = "The body came too slowly")
  @ApiResponse(responseCode = "413", description = "The body is too large")
  @ApiResponse(responseCode = "415", description = "The body is neither JSON nor lines of JSON")
  @ApiResponse(responseCode = "429", description = "Too many polls wait to be written")
  @ApiResponse(responseCode = "507", description = "There is no room on the disk")
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      required = true,
      description = "A poll, an array of polls, or a poll on each line",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(oneOf = {Poll.class, Poll[].class})),
        @Content(
            mediaType = "application/x-ndjson",
            schema = @Schema(type = "string", example = EXAMPLE))
      })
  @PostMapping("/api/v1/polls")
  PushAnswer push(HttpServletRequest request, ScopeNow scope, Caller caller) throws IOException {
    MediaType type = type(request);
    requireNoEncoding(request);
    try (Places.Place place = places.take(caller.name())) {
      if (place == null) {
        throw Problem.tooMany(
            places.refusal(caller.name(), "pushed polls") + "; send these again in a second",
            PollPush.RETRY_AFTER);
      }
      return take(request, type, scope, caller);
    }
  }

  private PushAnswer take(HttpServletRequest request, MediaType type, ScopeNow scope, Caller caller)
      throws IOException {
    InputStream body = IncomingBody.of(request, limits.pushBytes(), "push-bytes", senderLimits);
    PollItems items =
        type.isCompatibleWith(MediaType.APPLICATION_JSON)
            ? PollItems.ofJson(body)
            : PollItems.ofLines(body);
    PollPush push = new PollPush(writer, disk, clock, settings, scope, caller, listeners);
    return switch (items.form()) {
      case LINES, ARRAY -> push.take(items);
      case OBJECT -> single(push.take(items));
      case OTHER ->
          throw Problem.badRequest(
              "the body is neither a poll nor an array of polls: send for example " + EXAMPLE);
    };
  }

  /**
   * Reads the media type here and not in the mapping, which would refuse it before it is known
   * whether the caller may push at all.
   */
  private static MediaType type(HttpServletRequest request) {
    String type = request.getContentType();
    try {
      MediaType read = MediaType.parseMediaType(Objects.requireNonNullElse(type, ""));
      if (read.isCompatibleWith(MediaType.APPLICATION_JSON)
          || LINES.stream().anyMatch(read::isCompatibleWith)) {
        return read;
      }
    } catch (InvalidMediaTypeException e) {
      // Refused below, like a media type that can be read but is not accepted.
    }
    throw Problem.unsupported(
        "the body is sent as %s: send it with Content-Type application/json, or application/x-ndjson for a poll on each line"
            .formatted(type));
  }

  private static void requireNoEncoding(HttpServletRequest request) {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw Problem.unsupported(
          "the body is encoded as %s: send it as it is, without Content-Encoding"
              .formatted(encoding));
    }
  }

  private static PushAnswer single(PushAnswer answer) {
    if (answer.rejected() > 0) {
      throw Problem.badRequest(answer.errors().getFirst().reason());
    }
    return answer;
  }
}
