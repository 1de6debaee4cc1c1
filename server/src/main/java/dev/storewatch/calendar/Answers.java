package dev.storewatch.calendar;

import dev.storewatch.http.Problem;
import dev.storewatch.store.Registrar;
import dev.storewatch.store.UnknownStore;
import java.util.function.Supplier;

/** What calls answer when something is not there, or not in the caller's sight. */
final class Answers {
  private Answers() {}

  static <T> T of(Supplier<T> call) {
    try {
      return call.get();
    } catch (UnknownStore | UnknownEntry e) {
      throw Problem.notFound(e);
    } catch (Registrar.OutOfScope e) {
      throw Problem.forbidden(String.valueOf(e.getMessage()));
    }
  }
}
