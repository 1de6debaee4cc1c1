package dev.storewatch.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * The rows of somebody who gives them, for somebody who fetches them: a thread of its own reads, a
 * bounded number of rows ahead, so that a file of any size takes little memory.
 */
final class PushedRows implements Iterator<Row> {
  private static final int BATCH = 1_024;
  private static final int BATCHES = 8;

  private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(BATCHES);
  private Iterator<Row> batch = List.<Row>of().iterator();
  private boolean isLast;

  /** Some rows; no other follows the last batch, which says why if it ended too early. */
  private record Batch(List<Row> rows, boolean isLast, @Nullable Throwable failure) {}

  /** Whoever gives rows. */
  interface Source {
    /** Gives all rows. */
    void give(Consumer<Row> rows) throws Exception;
  }

  /** The reading is cut short, because nobody wants the rows any more. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** The rows of a source, read until the task ends. */
  PushedRows(String name, Source source) {
    TaskContext task = TaskContext.get();
    Thread reader = Thread.ofPlatform().name("reads " + name).daemon().unstarted(() -> run(source));
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) _ -> reader.interrupt());
    }
    reader.start();
  }

  private void run(Source source) {
    List<Row> rows = new ArrayList<>(BATCH);
    Throwable failure = null;
    try {
      source.give(
          row -> {
            rows.add(row);
            if (rows.size() == BATCH) {
              put(new Batch(List.copyOf(rows), false, null));
              rows.clear();
            }
          });
    } catch (Stopped e) {
      return;
    } catch (Throwable e) { // whatever it is, the task must hear of it
      failure = e;
    }
    try {
      put(new Batch(List.copyOf(rows), true, failure));
    } catch (Stopped e) {
      // nobody listens
    }
  }

  private void put(Batch next) {
    try {
      queue.put(next);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stopped();
    }
  }

  @Override
  public boolean hasNext() {
    while (!batch.hasNext() && !isLast) {
      Batch taken = take();
      if (taken.failure != null) {
        throw taken.failure instanceof RuntimeException known
            ? known
            : new IllegalStateException(taken.failure.getMessage(), taken.failure);
      }
      batch = taken.rows.iterator();
      isLast = taken.isLast;
    }
    return batch.hasNext();
  }

  private Batch take() {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return batch.next();
  }
}
