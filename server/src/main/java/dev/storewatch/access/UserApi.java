package dev.storewatch.access;

import dev.storewatch.input.WrongInput;
import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;

/** The native interface to the people who sign in with a password. */
@Tag(name = "users", description = "People who sign in with a password")
@RestController
@RequestMapping("/api/v1/users")
class UserApi {
  private final AccessBook book;

  UserApi(AccessBook book) {
    this.book = book;
  }

  /** A person as administrators see them. */
  record UserView(
      String name,
      @Schema(allowableValues = {"viewer", "operator", "admin"}) String role,
      @Nullable Set<String> tags,
      Instant createdAt,
      @Nullable Instant removedAt,
      @Nullable Instant lastSignInAt) {
    static UserView of(User user) {
      return new UserView(
          user.name(),
          user.grant().role().word(),
          user.grant().scope().tags(),
          user.createdAt(),
          user.removedAt(),
          user.lastSignInAt());
    }
  }

  /** All people. */
  record Listed(List<UserView> users) {}

  /** A person to be added. */
  record NewUserBody(
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "ann") @Nullable String name,
      @Schema(requiredMode = RequiredMode.REQUIRED, format = "password", minLength = 12)
          @Nullable String password,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              allowableValues = {"viewer", "operator", "admin"})
          @Nullable String role,
      @ArraySchema(arraySchema = @Schema(description = Bodies.TAGS)) @Nullable List<String> tags) {
    private static final String EXAMPLE =
        "for example {\"name\": \"ann\", \"password\": \"...\", \"role\": \"viewer\"}";

    User addTo(AccessBook book) {
      return book.addUser(
          Bodies.required("name", name, EXAMPLE),
          Bodies.required("password", password, EXAMPLE),
          new Grant(Role.of(Bodies.required("role", role, EXAMPLE)), Scope.of(tags)));
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
      return "NewUserBody[name=" + name + "]";
    }
  }

  /** What a person is to be from now on; what is left out stays. */
  record ChangeBody(
      @Schema(
              description = "The one before stays if left out",
              allowableValues = {"viewer", "operator", "admin"})
          @Nullable String role,
      @Schema(
              description = CHANGED_TAGS,
              types = {"array", "null"},
              implementation = Object.class,
              example = "[\"region:west\"]")
          @Nullable JsonNode tags,
      @Schema(description = "The one before stays if left out", format = "password")
          @Nullable String password) {
    private static final String CHANGED_TAGS =
        "The tags of the stores to see; those before stay if left out, null is for every store";

    AccessBook.ChangedUser applyTo(AccessBook book, String name) {
      GrantChange said = new GrantChange(role == null ? null : Role.of(role), scope());
      return book.changeUser(name, said, password);
    }

    private @Nullable Scope scope() {
      if (tags == null) {
        return null;
      }
      if (tags.isNull()) {
        return Scope.EVERYTHING;
      }
      if (!tags.isArray() || !tags.valueStream().allMatch(JsonNode::isString)) {
        throw new WrongInput(
            "tags is neither a list of texts nor null: send for example [\"region:west\"], or null"
                + " for every store");
      }
      return Scope.of(tags.valueStream().map(JsonNode::stringValue).toList());
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
      return "ChangeBody[role=" + role + "]";
    }
  }

  @Operation(summary = "List the people who sign in with a password, the removed ones too")
  @ApiResponse(responseCode = "200", description = "The people")
  @GetMapping
  Listed list() {
    return new Listed(book.users().stream().map(UserView::of).toList());
  }

  @Operation(summary = "Add a person")
  @ApiResponse(responseCode = "201", description = "The person")
  @ApiResponse(responseCode = "400", description = "The body is invalid")
  @ApiResponse(responseCode = "409", description = "There is somebody of that name")
  @PostMapping
  ResponseEntity<UserView> add(@RequestBody NewUserBody body) {
    User user = Answers.of(() -> body.addTo(book));
    Notes.added(user).leave();
    return ResponseEntity.created(
            UriComponentsBuilder.fromPath("/api/v1/users/{name}")
                .buildAndExpand(user.name())
                .encode()
                .toUri())
        .body(UserView.of(user));
  }

  @Operation(summary = "Change what a person may do, the password, or both; what is left out stays")
  @ApiResponse(responseCode = "200", description = "The person")
  @ApiResponse(responseCode = "400", description = "The body is invalid")
  @ApiResponse(responseCode = "404", description = "There is no such person")
  @PutMapping("/{name}")
  UserView change(
      @Parameter(description = "The name to sign in with") @PathVariable String name,
      @RequestBody ChangeBody body) {
    AccessBook.ChangedUser changed = Answers.of(() -> body.applyTo(book, name));
    Notes.changed(changed).leave();
    return UserView.of(changed.after());
  }

  @Operation(summary = "Remove a person, whose sessions end at once")
  @ApiResponse(responseCode = "204", description = "The person is removed")
  @ApiResponse(responseCode = "404", description = "There is no such person")
  @DeleteMapping("/{name}")
  ResponseEntity<Void> remove(
      @Parameter(description = "The name to sign in with") @PathVariable String name) {
    return Answers.of(
        () -> {
          Notes.removed(book.removeUser(name)).leave();
          return ResponseEntity.noContent().build();
        });
  }
}
