package dev.storewatch.incident;

import dev.storewatch.http.Problem;
import dev.storewatch.store.UnknownStore;
import java.util.function.Supplier;

/** What calls answer when something is not there, or not in the caller's sight. */
public final class Answers {
  private Answers() {}

  /**
   * Returns what a call returns, or ends the request with a problem that says what is not there.
   */
  public static <T> T of(Supplier<T> call) {
    try {
      return call.get();
    } catch (UnknownStore | UnknownItem e) {
      throw Problem.notFound(e);
    }
  }
}
