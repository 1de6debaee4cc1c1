package dev.storewatch.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import dev.storewatch.database.DatabaseUnavailable;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WorkQueueTest {
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final Waiting waiting = new Waiting();
  private WorkQueue<String, TestTask> queue = queue(false);

  private WorkQueue<String, TestTask> queue(boolean shared) {
    return new WorkQueue<>(
        shared, new WorkQueue.Settings("task", 2, Duration.ofSeconds(30)), waiting, PAUSE);
  }

  @AfterEach
  void close() {
    waiting.gate.countDown();
    queue.close();
  }

  private static DatabaseUnavailable away() {
    return DatabaseUnavailable.of(new SQLTransientConnectionException("away"));
  }

  /** What waits, in memory; the answers to its first questions may get lost. */
  private static final class Waiting implements WorkQueue.Source<String, TestTask> {
    private final Queue<TestTask> tasks = new ConcurrentLinkedQueue<>();
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final List<Collection<String>> kept = new CopyOnWriteArrayList<>();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();

    /** Opened when tasks that wait may end. */
    private final CountDownLatch gate = new CountDownLatch(1);

    TestTask add(String key) {
      TestTask task = new TestTask(key, this);
      tasks.add(task);
      return task;
    }

    @Override
    public Optional<TestTask> claim() {
      if (lost.getAndUpdate(more -> Math.max(0, more - 1)) > 0) {
        throw away();
      }
      return Optional.ofNullable(tasks.poll());
    }

    @Override
    public int takeOver() {
      return left.getAndSet(0);
    }

    @Override
    public void releaseAllBut(Collection<String> keys) {
      kept.add(List.copyOf(keys));
    }

    @Override
    public void lookAround() {
      looks.incrementAndGet();
    }
  }

  private static final class TestTask implements WorkQueue.Task<String> {
    private final String key;
    private final Waiting waiting;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean waits;
    private volatile boolean othersHaveIt;
    private volatile boolean unwanted;

    TestTask(String key, Waiting waiting) {
      this.key = key;
      this.waiting = waiting;
    }

    @Override
    public String key() {
      return key;
    }

    @Override
    public void begins() {
      waiting.log.add(key + " begins");
    }

    @Override
    public void run() {
      waiting.log.add(key + " runs");
      if (failures.getAndUpdate(more -> Math.max(0, more - 1)) > 0) {
        throw away();
      }
      if (waits) {
        try {
          waiting.gate.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public boolean isWanted() {
      return !unwanted;
    }

    @Override
    public boolean keepProgress() {
      return !othersHaveIt;
    }

    @Override
    public void giveUp() {
      unwanted = true;
      failures.set(1);
      waiting.gate.countDown();
    }

    @Override
    public void ends() {
      waiting.log.add(key + " ends");
    }
  }

  private void awaitLog(String... lines) {
    Eventually.until("the tasks", () -> waiting.log.containsAll(List.of(lines)));
  }

  @Test
  void doesWhatWaitsAndWhatComes() {
    var _ = waiting.add("a");
    queue.start();
    awaitLog("a ends");

    var _ = waiting.add("b");
    queue.wake();

    awaitLog("b ends");
    assertThat(waiting.log)
        .containsExactly("a begins", "a runs", "a ends", "b begins", "b runs", "b ends");
    assertThat(queue.size()).isZero();
  }

  @Test
  void triesAgainWhileTheDatabaseIsAwayButBeginsOnce() {
    waiting.add("a").failures.set(3);

    queue.start();

    awaitLog("a ends");
    assertThat(waiting.log)
        .containsExactly("a begins", "a runs", "a runs", "a runs", "a runs", "a ends");
  }

  @Test
  void putsBackWhatItMayHoldAfterAnAnswerThatWasLost() {
    TestTask held = waiting.add("a");
    held.waits = true;
    queue.start();
    awaitLog("a runs");

    waiting.lost.set(1);
    queue.wake();

    Eventually.until("the release", () -> !waiting.kept.isEmpty());
    assertThat(waiting.kept).containsExactly(List.of("a"));
  }

  @Test
  void givesBackWhatIsLeftWhenItEnds() {
    waiting.add("a").waits = true;
    queue.start();
    awaitLog("a runs");
    assertThat(queue.held("a")).isPresent();

    Thread end = Thread.ofPlatform().start(queue::close);
    Eventually.until("the end", queue::isStopping);
    waiting.gate.countDown();

    Eventually.until("the thread", () -> !end.isAlive());
    assertThat(waiting.kept).endsWith(List.of());
    assertThat(waiting.log).containsExactly("a begins", "a runs", "a ends");
  }

  @Test
  void beginsNothingMoreWhenItIsToEnd() {
    queue.start();
    queue.close();
    TestTask late = waiting.add("late");

    queue.wake();

    assertThat(waiting.tasks).containsExactly(late);
  }

  @Test
  void looksWhatOthersDoOnASharedDatabase() {
    queue = queue(true);
    waiting.left.set(2);

    queue.start();

    assertThat(waiting.left).hasValue(0);
    waiting.left.set(1);
    Eventually.until("another look", () -> waiting.left.get() == 0 && waiting.looks.get() > 1);
  }

  @Test
  void givesUpWhatAnotherProcessHasTakenOver() {
    queue = queue(true);
    TestTask task = waiting.add("a");
    task.waits = true;
    queue.start();
    awaitLog("a runs");

    task.othersHaveIt = true;

    awaitLog("a ends");
    assertThat(task.unwanted).isTrue();
  }
}
