package dev.storewatch.access;

import dev.storewatch.http.Problem;
import java.util.function.Supplier;

/** What calls answer when there is no such key or person, or there is one already. */
public final class Answers {
  private Answers() {}

  /**
   * Returns what a call returns, or ends the request with a problem that says what is not there, or
   * in the way.
   */
  public static <T> T of(Supplier<T> call) {
    try {
      return call.get();
    } catch (AccessBook.Taken e) {
      throw Problem.conflict(e);
    } catch (AccessBook.Unknown e) {
      throw Problem.notFound(e);
    }
  }
}
