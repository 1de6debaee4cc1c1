package dev.storewatch.ranges;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Threads that do parts of one piece of work, each its own. */
public final class Workers {
  private final int count;

  /** Threads of a number. */
  public Workers(int count) {
    this.count = count;
  }

  /** Returns how many parts are done at once. */
  public int count() {
    return count;
  }

  /** A part of the work. */
  public interface Part {
    /** Does the part of a number, counted from 0. */
    void work(int number) throws IOException;
  }

  /**
   * Does all parts, the first one on this thread, and returns when all are done.
   *
   * @throws IOException the first failure of any part, when all have ended
   */
  public void run(Part part) throws IOException {
    @Nullable Throwable[] failures = new Throwable[count];
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      int number = i;
      threads.add(Thread.ofPlatform().start(() -> run(part, number, failures)));
    }
    run(part, 0, failures);
    threads.forEach(Workers::join);
    for (Throwable failure : failures) {
      if (failure != null) {
        throwAgain(failure);
      }
    }
  }

  /** Throws what another thread failed with. */
  public static void throwAgain(Throwable failure) throws IOException {
    if (failure instanceof Error problem) {
      throw problem;
    }
    if (failure instanceof RuntimeException problem) {
      throw problem;
    }
    if (failure instanceof IOException problem) {
      throw problem;
    }
    throw new IllegalStateException(failure);
  }

  private static void run(Part part, int number, @Nullable Throwable[] failures) {
    try {
      part.work(number);
    } catch (IOException | RuntimeException | Error e) {
      failures[number] = e;
    }
  }

  /** Waits for a thread, also if somebody interrupts this one: it has work of ours in its hands. */
  public static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
