package dev.storewatch.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.interval.Span;
import java.util.OptionalLong;

/** Polls that only one period can be asked for. */
final class ScannedPolls implements PollScan {
  static final Span PERIOD = new Span(3, 9);

  private final int[] stores;
  private final long[] polls;

  ScannedPolls(int[] stores, long[] polls) {
    this.stores = stores;
    this.polls = polls;
  }

  @Override
  public void scan(Span period, int firstKey, int lastKey, Polls.Receiver receiver) {
    assertThat(period).isEqualTo(PERIOD);
    for (int i = 0; i < polls.length; i++) {
      receiver.take(stores[i], polls[i]);
    }
  }

  @Override
  public OptionalLong newest(long notAfter) {
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
}
