package dev.storewatch.cli;

import dev.storewatch.access.ApiKey;
import dev.storewatch.access.Grant;
import dev.storewatch.access.GrantChange;
import dev.storewatch.access.User;
import dev.storewatch.audit.AuditEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the commands change who may use the server: in the data folder, or through its server. */
interface AccessDesk {
  /**
   * Makes a key.
   *
   * @param lifetime how long it is valid, or null for ever
   * @return the key itself, which cannot be shown again
   */
  String addKey(String name, Grant grant, @Nullable Duration lifetime) throws IOException;

  /** Returns all keys. */
  List<ApiKey> keys() throws IOException;

  /** Revokes a key. */
  void revokeKey(String id) throws IOException;

  /** Adds a person. */
  void addUser(String name, String password, Grant grant) throws IOException;

  /** Changes what is said of what a person may do, and the password unless it is null. */
  void changeUser(String name, GrantChange said, @Nullable String password) throws IOException;

  /** Returns all people. */
  List<User> users() throws IOException;

  /** Removes a person. */
  void removeUser(String name) throws IOException;

  /** Returns the newest entries of the audit trail. */
  List<AuditEntry> trail(int limit) throws IOException;
}
