package dev.storewatch.access;

import dev.storewatch.http.Problem;
import dev.storewatch.input.WrongInput;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to what callers may know and change of themselves. */
@Tag(name = "me", description = "The caller")
@RestController
@RequestMapping("/api/v1/me")
class MeApi {
  private static final String USER = "user:";

  private final AccessBook book;
  private final Throttle throttle;

  MeApi(AccessBook book, Throttle throttle) {
    this.book = book;
    this.throttle = throttle;
  }

  /** The caller; {@code tags} is null for every store. */
  record MeView(
      String name,
      @Schema(allowableValues = {"viewer", "operator", "admin"}) String role,
      @Nullable Set<String> tags) {}

  /** A new password, and the old one to show who asks. */
  record PasswordBody(
      @Schema(requiredMode = RequiredMode.REQUIRED, format = "password")
          @Nullable String oldPassword,
      @Schema(requiredMode = RequiredMode.REQUIRED, format = "password", minLength = 12)
          @Nullable String newPassword) {
    private static final String EXAMPLE = "{\"old_password\": \"...\", \"new_password\": \"...\"}";

    String oldOne() {
      return Bodies.required("old_password", oldPassword, EXAMPLE);
    }

    String newOne() {
      return Bodies.required("new_password", newPassword, EXAMPLE);
    }

    /** Leaves both out. */
    @Override
    public String toString() {
      return "PasswordBody";
    }
  }

  @Operation(summary = "Say who I am here, and what I may do")
  @ApiResponse(responseCode = "200", description = "The caller")
  @GetMapping
  MeView show() {
    CallerToken me = CallerToken.current();
    return new MeView(me.caller().name(), me.grant().role().word(), me.grant().scope().tags());
  }

  @Operation(summary = "Change my password")
  @ApiResponse(responseCode = "204", description = "It is changed, and my sessions end")
  @ApiResponse(
      responseCode = "400",
      description = "The old password is wrong, or the new one no good")
  @ApiResponse(responseCode = "429", description = "Too many wrong old passwords")
  @ApiResponse(responseCode = "409", description = "I have no password: I came with a key")
  @PutMapping("/password")
  ResponseEntity<Void> password(@RequestBody PasswordBody body) {
    CallerToken me = CallerToken.current();
    String who = me.caller().name();
    if (!who.startsWith(USER)) {
      throw Problem.conflict(
          "%s has no password: only people who sign in with one change it".formatted(who));
    }
    String name = who.substring(USER.length());
    requireOldPassword(name, body.oldOne());
    book.changePassword(name, body.newOne());
    return ResponseEntity.noContent().build();
  }

  private void requireOldPassword(String name, String password) {
    Duration wait = throttle.attempt(Throttle.SIGN_IN, name);
    if (!wait.isZero()) {
      throw Problem.tooMany("too many wrong passwords: wait as Retry-After says", wait);
    }
    if (book.stamp(name, password).isEmpty()) {
      throw new WrongInput("the old password is wrong: send the one that you sign in with");
    }
    throttle.succeeded(Throttle.SIGN_IN, name);
  }
}
