package dev.storewatch.journal;

import dev.storewatch.input.WrongInput;

/**
 * The files of one command, which add up as if those of a kind were one file.
 *
 * @param id a text that they share and no others
 * @param more whether files of the same kind follow
 */
public record FileSet(String id, boolean more) {
  private static final int LONGEST = 100;

  /**
   * Checks the id.
   *
   * @throws WrongInput if it is empty or too long, or not printable
   */
  public FileSet {
    if (id.isBlank() || id.length() > LONGEST || id.chars().anyMatch(Character::isISOControl)) {
      throw new WrongInput(
          "set is not the name of a set of files: use 1 to %d printable characters, for example a random UUID"
              .formatted(LONGEST));
    }
  }
}
