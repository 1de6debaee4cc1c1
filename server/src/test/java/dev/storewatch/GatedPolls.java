package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.interval.Span;
import dev.storewatch.poll.Polls;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * Polls whose scans wait while a gate is shut, so that a test can look at a running report. What
 * follows the polls or counts by itself passes the gate, and so do the threads that it has work for
 * it: it would be taken for a report, and what waits in a snapshot of the database keeps reports
 * from beginning their own as soon as a commit waits for it.
 */
public final class GatedPolls extends ForwardingPolls {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Pattern BY_ITSELF =
      Pattern.compile("(outages|incidents|job-\\d+|[a-z]+-metrics|figures-ahead)(-range-\\d+)?");

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean shut;
  private int waiting;
  private long shuts;

  /** Lets everything through until the gate is shut. */
  public GatedPolls(Polls polls) {
    super(polls);
  }

  /** Makes scans wait, and all that was computed before count as old: else nothing is scanned. */
  public void shut() {
    set(true);
  }

  /** Lets scans go on. */
  public void open() {
    set(false);
  }

  private void set(boolean value) {
    lock.lock();
    try {
      shut = value;
      shuts += value ? 1 : 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a scan stands at the gate. */
  public void awaitScan() throws InterruptedException {
    lock.lock();
    try {
      long left = PATIENCE.toNanos();
      while (waiting == 0) {
        assertThat(left).as("no scan came").isPositive();
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void pass() {
    lock.lock();
    try {
      waiting++;
      changed.signalAll();
      while (shut) {
        changed.awaitUninterruptibly();
      }
      waiting--;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long version() {
    lock.lock();
    try {
      return super.version() + (shuts << Integer.SIZE);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void scan(Span period, int firstKey, int lastKey, Receiver receiver) {
    if (!BY_ITSELF.matcher(Thread.currentThread().getName()).matches()) {
      pass();
    }
    super.scan(period, firstKey, lastKey, receiver);
  }
}
