package dev.storewatch;

import dev.storewatch.interval.Span;
import dev.storewatch.poll.PollRows;
import dev.storewatch.poll.PollSpans;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Polls whose scans wait while a gate is shut, so that a test can look at a running report. */
public final class GatedPolls implements Polls {
  private final Polls polls;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean shut;
  private int waiting;

  /** Lets everything through until the gate is shut. */
  public GatedPolls(Polls polls) {
    this.polls = polls;
  }

  /** Makes scans wait. */
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
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a scan stands at the gate. */
  public void awaitScan() throws InterruptedException {
    lock.lock();
    try {
      while (waiting == 0) {
        changed.await();
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
  public OptionalLong newest() {
    return polls.newest();
  }

  @Override
  public OptionalLong newest(long notAfter) {
    return polls.newest(notAfter);
  }

  /** Does not wait: what a request asks for is not what its report scans. */
  @Override
  public OptionalLong newest(Registry registry, Scope scope, long notAfter) {
    return polls.newest(registry, scope, notAfter);
  }

  @Override
  public long version() {
    return polls.version();
  }

  @Override
  public long delete(PollRows deleted) {
    return polls.delete(deleted);
  }

  @Override
  public long delete(PollSpans spans) {
    return polls.delete(spans);
  }

  @Override
  public long[] first(int[] keys) {
    return polls.first(keys);
  }

  @Override
  public OptionalLong first(int key, Span period) {
    return polls.first(key, period);
  }

  @Override
  public long delete(int key, Span period) {
    return polls.delete(key, period);
  }

  @Override
  public void delete(int key) {
    polls.delete(key);
  }

  @Override
  public long countRoughly(Span period) {
    return polls.countRoughly(period);
  }

  @Override
  public void scan(Span period, int firstKey, int lastKey, Receiver receiver) {
    pass();
    polls.scan(period, firstKey, lastKey, receiver);
  }

  @Override
  public int scanSize() {
    return polls.scanSize();
  }

  @Override
  public void find(PollRows wanted, Receiver receiver) {
    polls.find(wanted, receiver);
  }

  @Override
  public void makeRoomUntil(long instant) {
    polls.makeRoomUntil(instant);
  }

  @Override
  public boolean deleteBefore(long instant) {
    return polls.deleteBefore(instant);
  }

  @Override
  public void add(PollRows rows) {
    polls.add(rows);
  }

  @Override
  public void replace(PollRows rows) {
    polls.replace(rows);
  }
}
