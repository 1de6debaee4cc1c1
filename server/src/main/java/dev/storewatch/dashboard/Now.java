package dev.storewatch.dashboard;

import dev.storewatch.input.WrongInput;
import dev.storewatch.store.Registry;
import dev.storewatch.store.States;

/** What a store is now, as pages show it: a shape and a word. */
public enum Now {
  /** Open, and the last poll that counts said active. */
  UP("up"),
  /** Open, and the last poll that counts said inactive. */
  DOWN("down"),
  /** Open, and no poll speaks for now. */
  UNKNOWN("unknown"),
  /** In a planned closure. */
  PLANNED("planned"),
  /** Outside its hours. */
  CLOSED("closed");

  private final String word;

  Now(String word) {
    this.word = word;
  }

  /** Returns the word that stands beside its shape, and in addresses. */
  public String word() {
    return word;
  }

  static Now of(Registry registry, int key, long instant, States.State state) {
    return switch (state) {
      case UP -> UP;
      case DOWN -> DOWN;
      case UNKNOWN -> UNKNOWN;
      case CLOSED -> registry.closuresAt(key, instant).isEmpty() ? CLOSED : PLANNED;
    };
  }

  /**
   * Returns the state of a word.
   *
   * @throws WrongInput if there is none
   */
  static Now of(String word) {
    for (Now each : values()) {
      if (each.word.equalsIgnoreCase(word.strip())) {
        return each;
      }
    }
    throw new WrongInput(
        "'%s' is no state: use up, down, unknown, planned or closed".formatted(word));
  }
}
