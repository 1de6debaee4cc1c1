package dev.storewatch.access;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The place where people who sign in with a password are kept. */
public interface Users {
  /**
   * A person and the hash of the password.
   *
   * @param user the person
   * @param passwordHash the hash, with the name of its method before it
   * @param networks from where the person signed in, as {@link Networks} has them; the last new one
   *     first
   */
  record Kept(User user, String passwordHash, List<String> networks) {
    /** Copies the list. */
    public Kept {
      networks = List.copyOf(networks);
    }

    /** Leaves the hash out. */
    @Override
    public String toString() {
      return user.toString();
    }
  }

  /**
   * Adds a person, one who was removed before too.
   *
   * @return whether there was nobody of that name until now
   */
  boolean add(User user, String passwordHash);

  /** Returns all people in the order of their names, the removed ones too. */
  List<Kept> all();

  /**
   * Changes what a person may do, and the password unless it is null.
   *
   * @return whether the person is there
   */
  boolean change(String name, Grant grant, @Nullable String passwordHash);

  /**
   * Changes a password, and leaves alone what the person may do, which somebody else may change at
   * the same moment.
   *
   * @return whether the person is there
   */
  boolean changePassword(String name, String passwordHash);

  /**
   * Removes a person.
   *
   * @return whether the person was there until now
   */
  boolean remove(String name, Instant now);

  /**
   * Notes that a person signed in.
   *
   * @param networks from where the person did so until now; null to leave them as they are
   */
  void signedIn(String name, Instant now, @Nullable List<String> networks);
}
