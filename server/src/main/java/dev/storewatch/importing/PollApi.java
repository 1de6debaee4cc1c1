package dev.storewatch.importing;

import dev.storewatch.store.Scope;
import dev.storewatch.system.FreeDisk;
import dev.storewatch.system.IncomingBody;
import dev.storewatch.system.Limits;
import dev.storewatch.system.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The native interface by which polls are pushed. */
@RestController
class PollApi {
  private static final String EXAMPLE =
      """
      {"store_id":"42","status":"active","timestamp_utc":"2023-01-25T18:13:22Z"}\
      """;

  private final LivePolls live;
  private final FreeDisk disk;
  private final Limits limits;
  private final Clock clock;

  PollApi(LivePolls live, FreeDisk disk, Limits limits, Clock clock) {
    this.live = live;
    this.disk = disk;
    this.limits = limits;
    this.clock = clock;
  }

  @Operation(summary = "Push polls: one object, an array of them, or one on each line")
  @ApiResponse(responseCode = "200", description = "What became of each poll; the good ones are in")
  @ApiResponse(responseCode = "400", description = "The body is no poll and no array of polls")
  @ApiResponse(responseCode = "408", description = "The body came too slowly")
  @ApiResponse(responseCode = "413", description = "The body is too large")
  @ApiResponse(responseCode = "415", description = "The body is neither JSON nor lines of JSON")
  @ApiResponse(responseCode = "429", description = "Too many polls wait to be written")
  @ApiResponse(responseCode = "507", description = "There is no room on the disk")
  @PostMapping(
      path = "/api/v1/polls",
      consumes = {
        MediaType.APPLICATION_JSON_VALUE,
        "application/x-ndjson",
        "application/ndjson",
        "application/jsonl"
      })
  PushAnswer push(
      HttpServletRequest request,
      @RequestHeader(HttpHeaders.CONTENT_TYPE) MediaType type,
      @RequestHeader(name = HttpHeaders.CONTENT_ENCODING, defaultValue = "identity")
          String encoding,
      Scope scope)
      throws IOException {
    if (!encoding.equalsIgnoreCase("identity")) {
      throw Problem.unsupported(
          "the body is encoded as %s: send it as it is, without Content-Encoding"
              .formatted(encoding));
    }
    InputStream body = IncomingBody.of(request, limits.pushBytes(), "push-bytes", limits);
    PushedItems items =
        MediaType.APPLICATION_JSON.isCompatibleWith(type)
            ? PushedItems.ofJson(body)
            : PushedItems.ofLines(body);
    PollPush push = new PollPush(live, disk, clock, scope);
    return switch (items.form()) {
      case LINES, ARRAY -> push.take(items);
      case OBJECT -> single(push.take(items));
      case OTHER ->
          throw Problem.badRequest(
              "the body is neither a poll nor an array of polls: send for example " + EXAMPLE);
    };
  }

  private static PushAnswer single(PushAnswer answer) {
    if (answer.rejected() > 0) {
      throw Problem.badRequest(answer.errors().getFirst().reason());
    }
    return answer;
  }
}
