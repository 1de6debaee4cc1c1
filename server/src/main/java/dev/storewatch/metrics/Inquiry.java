package dev.storewatch.metrics;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question to something that may hang: whoever asks gets an answer within a set time, or learns
 * that there is none.
 *
 * <p>It is asked once at a time, on a thread of its own. A caller who comes while an answer is
 * awaited waits for the same one, and no longer than the first caller, so that a question that
 * hangs holds one thread however often it is asked.
 *
 * @param <T> the answer
 */
public final class Inquiry<T> {
  private final String name;
  private final Duration patience;
  private final Supplier<T> question;
  private @Nullable Asked<T> asked;

  private record Asked<T>(CompletableFuture<T> answer, long since) {}

  /**
   * An inquiry that asks a question.
   *
   * @param name what to call the thread that asks
   * @param patience how long an answer may take
   */
  public Inquiry(String name, Duration patience, Supplier<T> question) {
    this.name = name;
    this.patience = patience;
    this.question = question;
  }

  /** There was no answer, or none in time. Another attempt helps once the cause is gone. */
  public static final class Unanswered extends Exception {
    private static final long serialVersionUID = 1;

    private Unanswered(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  /**
   * Returns the answer.
   *
   * @throws Unanswered if there is none in time, or asking failed
   */
  public T ask() throws Unanswered {
    Asked<T> current = current();
    long left = patience.toNanos() - (System.nanoTime() - current.since);
    try {
      return current.answer.get(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new Unanswered("no answer within %d ms".formatted(patience.toMillis()), e);
    } catch (ExecutionException e) {
      throw new Unanswered(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unanswered("interrupted while waiting for the answer", e);
    }
  }

  private synchronized Asked<T> current() {
    Asked<T> current = asked;
    if (current == null || current.answer.isDone()) {
      current = new Asked<>(new CompletableFuture<>(), System.nanoTime());
      asked = current;
      put(current.answer);
    }
    return current;
  }

  private void put(CompletableFuture<T> answer) {
    Thread.ofPlatform()
        .name(name)
        .daemon()
        .start(
            () -> {
              try {
                answer.complete(question.get());
              } catch (Throwable e) {
                // Even after an error, those who wait must learn that there is no answer.
                answer.completeExceptionally(e);
              }
            });
  }
}
