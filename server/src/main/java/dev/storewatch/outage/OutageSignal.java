package dev.storewatch.outage;

import dev.storewatch.poll.PollListener;
import dev.storewatch.poll.WrittenPolls;
import dev.storewatch.work.Signal;

/** The signal that polls have come, by which the search for outages wakes. */
final class OutageSignal implements PollListener {
  final Signal signal = new Signal();

  @Override
  public void written(WrittenPolls polls) {
    signal.give();
  }
}
