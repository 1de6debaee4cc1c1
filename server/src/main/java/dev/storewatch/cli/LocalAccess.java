package dev.storewatch.cli;

import dev.storewatch.access.AccessBook;
import dev.storewatch.access.ApiKey;
import dev.storewatch.access.Grant;
import dev.storewatch.access.User;
import dev.storewatch.audit.AuditEntry;
import dev.storewatch.http.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The keys and people of a data folder that this process holds. */
final class LocalAccess implements AccessDesk {
  private final AccessBook book;

  LocalAccess(AccessBook book) {
    this.book = book;
  }

  /** Returns the user who runs this process, for the audit trail. */
  static Caller caller() {
    return new Caller(
        "command-line:" + Objects.requireNonNullElse(System.getProperty("user.name"), "unknown"),
        "this machine");
  }

  @Override
  public String addKey(String name, Grant grant, @Nullable Duration lifetime) {
    AccessBook.NewKey made = book.addKey(name, grant, lifetime);
    book.note(caller(), "key.create", made.key().id());
    return made.reveal();
  }

  @Override
  public List<ApiKey> keys() {
    return book.keys();
  }

  @Override
  public void revokeKey(String id) {
    book.revokeKey(id);
    book.note(caller(), "key.revoke", id);
  }

  @Override
  public void addUser(String name, String password, Grant grant) {
    var _ = book.addUser(name, password, grant);
    book.note(caller(), "user.create", name);
  }

  @Override
  public void changeUser(String name, Grant grant, @Nullable String password) {
    var _ = book.changeUser(name, grant, password);
    book.note(caller(), "user.change", name);
  }

  @Override
  public List<User> users() {
    return book.users();
  }

  @Override
  public void removeUser(String name) {
    book.removeUser(name);
    book.note(caller(), "user.remove", name);
  }

  @Override
  public List<AuditEntry> trail(int limit) {
    return book.trail().list(limit, Long.MAX_VALUE);
  }
}
