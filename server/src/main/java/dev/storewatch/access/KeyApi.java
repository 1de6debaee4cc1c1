package dev.storewatch.access;

import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to keys. */
@Tag(name = "keys", description = "Keys for programs")
@RestController
@RequestMapping("/api/v1/keys")
class KeyApi {
  private final AccessBook book;

  KeyApi(AccessBook book) {
    this.book = book;
  }

  /** A key as administrators see it; {@code key} is the key itself, shown once. */
  record KeyView(
      String id,
      String name,
      @Schema(allowableValues = {"viewer", "operator", "admin"}) String role,
      @Nullable Set<String> tags,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt,
      @Nullable Instant lastUsedAt,
      @Schema(description = "The key itself, in the answer that made it alone")
          @Nullable String key) {
    static KeyView of(ApiKey key, @Nullable String whole) {
      return new KeyView(
          key.id(),
          key.name(),
          key.grant().role().word(),
          key.grant().scope().tags(),
          key.createdAt(),
          key.expiresAt(),
          key.revokedAt(),
          key.lastUsedAt(),
          whole);
    }
  }

  /** All keys. */
  record Listed(List<KeyView> keys) {}

  /** A key to be made; {@code expires_in} is an ISO 8601 duration. */
  record NewKeyBody(
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "pos-gateway") @Nullable String name,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              allowableValues = {"viewer", "operator", "admin"})
          @Nullable String role,
      @ArraySchema(arraySchema = @Schema(description = Bodies.TAGS)) @Nullable List<String> tags,
      @Schema(description = "Never, if left out", format = "duration", example = "P90D")
          @Nullable String expiresIn) {
    private static final String EXAMPLE =
        "for example {\"name\": \"pos-gateway\", \"role\": \"operator\", \"expires_in\": \"P90D\"}";

    AccessBook.NewKey addTo(AccessBook book) {
      return book.addKey(
          Bodies.required("name", name, EXAMPLE),
          new Grant(Role.of(Bodies.required("role", role, EXAMPLE)), Scope.of(tags)),
          expiresIn == null ? null : Lifetimes.parse(expiresIn));
    }
  }

  @Operation(summary = "List all keys, the revoked and expired ones too")
  @ApiResponse(responseCode = "200", description = "The keys, without their secrets")
  @GetMapping
  Listed list() {
    return new Listed(book.keys().stream().map(key -> KeyView.of(key, null)).toList());
  }

  @Operation(summary = "Make a key; the answer is the only one that ever shows it")
  @ApiResponse(responseCode = "201", description = "The key")
  @ApiResponse(responseCode = "400", description = "The body is invalid")
  @ApiResponse(responseCode = "409", description = "A key that is good now has the name")
  @PostMapping
  ResponseEntity<KeyView> add(@RequestBody NewKeyBody body) {
    AccessBook.NewKey made = Answers.of(() -> body.addTo(book));
    Notes.made(made.key()).leave();
    return ResponseEntity.created(URI.create("/api/v1/keys/" + made.key().id()))
        .cacheControl(CacheControl.noStore())
        .body(KeyView.of(made.key(), made.reveal()));
  }

  @Operation(summary = "Take a key back at once")
  @ApiResponse(responseCode = "204", description = "It opens nothing any more")
  @ApiResponse(responseCode = "404", description = "There is no such key")
  @DeleteMapping("/{id}")
  ResponseEntity<Void> revoke(
      @Parameter(description = "The id of the key") @PathVariable String id) {
    Notes.revoked(Answers.of(() -> book.revokeKey(id))).leave();
    return ResponseEntity.noContent().build();
  }
}
