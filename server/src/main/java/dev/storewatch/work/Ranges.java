package dev.storewatch.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Work that is done in ranges, several at a time. */
public final class Ranges {
  private Ranges() {}

  /**
   * Does all ranges, and waits for them. The threads are named after who asks, so that a dump of
   * threads says for whom they work.
   *
   * @param threads how many work at the most
   * @param worker makes what does ranges, for each thread its own
   * @param prepared makes of the work on a range what a thread runs
   * @throws CancellationException if the thread that waits is interrupted
   * @throws RuntimeException what the work on a range threw; the others are interrupted
   */
  public static <R> void inParallel(
      List<R> ranges, int threads, Supplier<Consumer<R>> worker, UnaryOperator<Runnable> prepared) {
    ThreadFactory named =
        Thread.ofPlatform().name(Thread.currentThread().getName() + "-range-", 0).factory();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(Math.min(threads, ranges.size()), named)) {
      ThreadLocal<Consumer<R>> own = ThreadLocal.withInitial(worker);
      List<Future<?>> running = new ArrayList<>();
      for (R range : ranges) {
        Runnable work = () -> own.get().accept(range);
        running.add(workers.submit(prepared.apply(work)));
      }
      running.forEach(future -> await(future, workers));
    }
  }

  private static void await(Future<?> future, ExecutorService workers) {
    try {
      future.get();
    } catch (ExecutionException e) {
      workers.shutdownNow();
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
