package dev.storewatch.alert;

import dev.storewatch.http.Problem;
import java.util.function.Supplier;

/** What calls answer when there is no such channel, or it cannot be as somebody wants. */
public final class ChannelAnswers {
  private ChannelAnswers() {}

  /**
   * Returns what a call returns, or ends the request with a problem that says what is not there, or
   * in the way.
   */
  public static <T> T of(Supplier<T> call) {
    try {
      return call.get();
    } catch (ChannelBook.Unknown e) {
      throw Problem.notFound(e);
    } catch (ChannelBook.Taken | SecretKeys.Missing e) {
      throw Problem.conflict(e);
    }
  }
}
