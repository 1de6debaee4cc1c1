package dev.storewatch;

import dev.storewatch.interval.Span;
import dev.storewatch.poll.PollRows;
import dev.storewatch.poll.PollScan;
import dev.storewatch.poll.PollSpans;
import dev.storewatch.poll.Polls;
import dev.storewatch.revision.StoreSet;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Polls that pass every call on to others, for tests that change some of the calls. */
public abstract class ForwardingPolls implements Polls {
  private final Polls polls;

  /** Passes calls on to polls. */
  protected ForwardingPolls(Polls polls) {
    this.polls = polls;
  }

  @Override
  public OptionalLong newest() {
    return polls.newest();
  }

  @Override
  public OptionalLong newest(long notAfter) {
    return polls.newest(notAfter);
  }

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
  public boolean cluster(long before) {
    return polls.cluster(before);
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
  public PollScan knownAt(int revision) {
    return polls.knownAt(revision);
  }

  @Override
  public Set<Integer> revisionsSince(int revision, Span period, @Nullable StoreSet stores) {
    return polls.revisionsSince(revision, period, stores);
  }

  @Override
  public StoreSet storesChangedSince(int revision, Span period) {
    return polls.storesChangedSince(revision, period);
  }

  @Override
  public void changesSince(int revision, Span period, ChangeReceiver receiver) {
    polls.changesSince(revision, period, receiver);
  }

  @Override
  public void restore(PollRows rows) {
    polls.restore(rows);
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
