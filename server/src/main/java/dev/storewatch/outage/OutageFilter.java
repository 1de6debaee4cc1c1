package dev.storewatch.outage;

import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Span;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which outages somebody asks about.
 *
 * @param state whether they go on or have ended
 * @param store the key of their store; null for all stores
 * @param period they overlap it
 */
public record OutageFilter(State state, @Nullable Integer store, Span period) {
  /** Whether outages go on. */
  public enum State {
    /** It does not matter. */
    ANY,
    /** They go on. */
    ONGOING,
    /** They have ended. */
    ENDED;

    /**
     * Returns the state of a word, in any letter case.
     *
     * @throws WrongInput if there is no such state
     */
    public static State of(String word) {
      for (State state : values()) {
        if (state.name().equalsIgnoreCase(word.strip())) {
          return state;
        }
      }
      throw new WrongInput(
          "there is no state '%s' of outages: use any, ongoing or ended"
              .formatted(word.toLowerCase(Locale.ROOT)));
    }
  }

  /** Returns the conditions of state and store in SQL, each after AND. */
  String condition() {
    String of =
        switch (state) {
          case ANY -> "";
          case ONGOING -> " AND ended_at IS NULL";
          case ENDED -> " AND ended_at IS NOT NULL";
        };
    return store == null ? of : "%s AND store_key = %d".formatted(of, store);
  }
}
