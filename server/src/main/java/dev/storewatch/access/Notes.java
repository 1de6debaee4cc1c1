package dev.storewatch.access;

import dev.storewatch.audit.AuditNote;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the audit trail keeps of changes of keys and people: role, tags and end, before and after.
 */
public final class Notes {
  private Notes() {}

  /** Returns the note of a key that was made. */
  public static AuditNote made(ApiKey key) {
    return new AuditNote(path("keys", key.id()), null, text(key));
  }

  /** Returns the note of a key that was revoked. */
  public static AuditNote revoked(ApiKey before) {
    return new AuditNote(path("keys", before.id()), text(before), null);
  }

  /** Returns the note of a person who was added. */
  public static AuditNote added(User user) {
    return new AuditNote(null, null, text(user.grant()));
  }

  /** Returns the note of a person who was changed. */
  public static AuditNote changed(AccessBook.ChangedUser user) {
    return new AuditNote(
        null,
        text(user.before().grant()),
        text(user.after().grant()) + (user.hasNewPassword() ? ", new password" : ""));
  }

  /** Returns the note of a person who was removed. */
  public static AuditNote removed(User before) {
    return new AuditNote(null, text(before.grant()), null);
  }

  private static String path(String kind, String id) {
    return "/api/v1/%s/%s".formatted(kind, id);
  }

  private static String text(ApiKey key) {
    return "%s: %s, %s".formatted(key.name(), text(key.grant()), end(key.expiresAt()));
  }

  private static String end(@Nullable Instant expiresAt) {
    return expiresAt == null ? "never expires" : "expires " + expiresAt;
  }

  private static String text(Grant grant) {
    return "%s, %s"
        .formatted(
            grant.role().word(),
            grant.scope().tags() == null
                ? "all stores"
                : "tags " + String.join(" ", grant.scope().tags()));
  }
}
