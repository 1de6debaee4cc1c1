package dev.storewatch.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.interval.Span;
import java.util.OptionalLong;

/** Polls that only one period can be asked for. */
final class ScannedPolls implements Polls {
  static final Span PERIOD = new Span(3, 9);

  private final int[] stores;
  private final long[] polls;

  ScannedPolls(int[] stores, long[] polls) {
    this.stores = stores;
    this.polls = polls;
  }

  @Override
  public void scan(Span period, int firstKey, int lastKey, Receiver receiver) {
    assertThat(period).isEqualTo(PERIOD);
    for (int i = 0; i < polls.length; i++) {
      receiver.take(stores[i], polls[i]);
    }
  }

  @Override
  public OptionalLong newest() {
    throw new UnsupportedOperationException();
  }

  @Override
  public OptionalLong newest(long notAfter) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long version() {
    throw new UnsupportedOperationException();
  }

  @Override
  public long delete(PollRows deleted) {
    throw new UnsupportedOperationException();
  }

  @Override
  public OptionalLong first(int key, Span period) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long delete(PollSpans spans) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long[] first(int[] keys) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long delete(int key, Span period) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void delete(int key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long countRoughly(Span period) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int scanSize() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void find(PollRows wanted, Receiver receiver) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void makeRoomUntil(long instant) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean deleteBefore(long instant) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void add(PollRows added) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void replace(PollRows replaced) {
    throw new UnsupportedOperationException();
  }
}
