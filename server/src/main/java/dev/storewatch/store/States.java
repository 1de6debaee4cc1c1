package dev.storewatch.store;

import dev.storewatch.input.WrongInput;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.IntFunction;

/** The states of stores at an instant, as their hours and their polls tell. */
public interface States {
  /**
   * Returns the moment to ask about.
   *
   * @param scope the stores that the caller may see: the newest poll is one of theirs
   * @param asOf {@code latest} for that of the newest poll, {@code now}, or an instant in ISO 8601
   * @throws IllegalArgumentException if the text is something else
   */
  Moment at(Scope scope, String asOf);

  /** The state of a store at an instant. */
  enum State {
    /** Open, and the last poll that counts said active. */
    UP,
    /** Open, and the last poll that counts said inactive. */
    DOWN,
    /** Open, and no poll speaks for the instant. */
    UNKNOWN,
    /** Outside business hours, or inside a planned closure. */
    CLOSED;

    /** Returns the word by which requests and answers know the state. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the state of a word, in any letter case.
     *
     * @throws WrongInput if there is no such state
     */
    public static State of(String word) {
      for (State state : values()) {
        if (state.word().equalsIgnoreCase(word.strip())) {
          return state;
        }
      }
      throw new WrongInput(
          "there is no state '%s': use up, down, unknown or closed".formatted(word));
    }
  }

  /**
   * The state of one store.
   *
   * @param state the state
   * @param poll the instant of the poll that says so, in microseconds since the epoch; empty when
   *     the store is closed or its state unknown
   */
  record StoreState(State state, OptionalLong poll) {}

  /**
   * An instant, and all stores at it. Two that are equal say the same of every store, now and
   * later, so that what was made of one need not be made again of the other.
   */
  interface Moment {
    /** Returns the stores. */
    Registry registry();

    /** Returns the instant in microseconds since the epoch. */
    long instant();

    /** Returns the state of a store, by a look at its polls alone. */
    StoreState of(int key);

    /** Returns the state of every store by its key, by a look at the polls of all. */
    IntFunction<StoreState> ofAll();
  }
}
