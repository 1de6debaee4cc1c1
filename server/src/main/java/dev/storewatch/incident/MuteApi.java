package dev.storewatch.incident;

import dev.storewatch.http.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to times in which nothing begins to be told of some stores. */
@Tag(name = "alerts")
@RestController
@RequestMapping("/api/v1/mutes")
class MuteApi {
  private final IncidentBook book;

  MuteApi(IncidentBook book) {
    this.book = book;
  }

  /** The mutes that have not ended, in the order in which they were entered. */
  record Listed(List<MuteView> mutes) {}

  @Operation(summary = "List the mutes that have not ended")
  @ApiResponse(responseCode = "200", description = "The mutes")
  @GetMapping
  Listed list() {
    return new Listed(book.mutes());
  }

  @Operation(
      summary = "Mute a store, the stores with a tag, or all",
      description =
          "Until it ends nothing begins to be told of them. What still lasts then is told then,"
              + " and the end of what was told before is told as ever.")
  @ApiResponse(responseCode = "201", description = "The mute")
  @ApiResponse(responseCode = "400", description = "The body is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such store")
  @ApiResponse(responseCode = "413", description = "The body is too large")
  @ApiResponse(responseCode = "415", description = "The body is not sent as JSON")
  @PostMapping
  ResponseEntity<MuteView> add(Caller caller, @RequestBody MuteBody body) {
    MuteView added = Answers.of(() -> book.mute(caller.name(), body));
    return ResponseEntity.created(URI.create("/api/v1/mutes/" + added.id())).body(added);
  }

  @Operation(summary = "End a mute now")
  @ApiResponse(responseCode = "200", description = "The mute")
  @ApiResponse(responseCode = "404", description = "There is no such mute, or it has ended")
  @PostMapping("/{id}/end")
  MuteView end(@Parameter(description = "The id of the mute") @PathVariable String id) {
    return Answers.of(() -> book.endMute(id));
  }
}
