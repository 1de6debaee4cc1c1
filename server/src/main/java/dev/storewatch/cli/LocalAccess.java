package dev.storewatch.cli;

import dev.storewatch.access.AccessBook;
import dev.storewatch.access.ApiKey;
import dev.storewatch.access.Grant;
import dev.storewatch.access.GrantChange;
import dev.storewatch.access.Notes;
import dev.storewatch.access.User;
import dev.storewatch.audit.AuditEntry;
import dev.storewatch.audit.AuditNote;
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
    book.note(caller(), "key.create", Notes.made(made.key()));
    return made.reveal();
  }

  @Override
  public List<ApiKey> keys() {
    return book.keys();
  }

  @Override
  public void revokeKey(String id) {
    book.note(caller(), "key.revoke", Notes.revoked(book.revokeKey(id)));
  }

  @Override
  public void addUser(String name, String password, Grant grant) {
    note("user.create", name, Notes.added(book.addUser(name, password, grant)));
  }

  @Override
  public void changeUser(String name, GrantChange said, @Nullable String password) {
    note("user.change", name, Notes.changed(book.changeUser(name, said, password)));
  }

  @Override
  public List<User> users() {
    return book.users();
  }

  @Override
  public void removeUser(String name) {
    note("user.remove", name, Notes.removed(book.removeUser(name)));
  }

  private void note(String action, String name, AuditNote what) {
    book.note(caller(), action, new AuditNote(name, what.before(), what.after()));
  }

  @Override
  public List<AuditEntry> trail(int limit) {
    return book.trail().list(limit, Long.MAX_VALUE);
  }
}
