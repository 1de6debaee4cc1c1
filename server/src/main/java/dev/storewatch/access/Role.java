package dev.storewatch.access;

import dev.storewatch.input.WrongInput;
import java.util.Locale;

/** What somebody may do; each role may do all that the ones before it may. */
public enum Role {
  /** Reads reports, stores and their timelines. */
  VIEWER,
  /** Asks for reports, imports files and pushes polls. */
  OPERATOR,
  /** Changes stores, keys and people, and reads the audit trail. */
  ADMIN;

  /** Returns whether this role may do what another one may. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  /** Returns the word by which requests and the database know the role. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the role of a word, in any letter case.
   *
   * @throws WrongInput if there is no such role
   */
  public static Role of(String word) {
    for (Role role : values()) {
      if (role.word().equalsIgnoreCase(word.strip())) {
        return role;
      }
    }
    throw new WrongInput("there is no role '%s': use viewer, operator or admin".formatted(word));
  }
}
