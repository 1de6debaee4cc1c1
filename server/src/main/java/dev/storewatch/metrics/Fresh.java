package dev.storewatch.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * An answer that is requested again when it is older than a second, so that all the numbers of one
 * scrape cost one question. Without an answer in time they are unknown, and the scrape goes on.
 *
 * @param <T> the answer
 */
final class Fresh<T> {
  private static final Duration LIFE = Duration.ofSeconds(1);

  private final Inquiry<T> inquiry;
  private Optional<T> last = Optional.empty();
  private long askedAt = System.nanoTime() - LIFE.toNanos();

  Fresh(Inquiry<T> inquiry) {
    this.inquiry = inquiry;
  }

  /** Returns a number of the answer; not a number while there is none. */
  double number(ToDoubleFunction<T> part) {
    return get().map(part::applyAsDouble).orElse(Double.NaN);
  }

  /** Returns the answer, if there is one. */
  synchronized Optional<T> get() {
    if (System.nanoTime() - askedAt >= LIFE.toNanos()) {
      last = ask();
      askedAt = System.nanoTime();
    }
    return last;
  }

  private Optional<T> ask() {
    try {
      return Optional.of(inquiry.ask());
    } catch (Inquiry.Unanswered e) {
      return Optional.empty();
    }
  }
}
