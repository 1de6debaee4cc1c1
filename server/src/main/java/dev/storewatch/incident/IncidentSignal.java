package dev.storewatch.incident;

import dev.storewatch.outage.OutageChange;
import dev.storewatch.outage.OutageListener;
import dev.storewatch.work.Signal;
import java.util.List;

/** The signal that outages have changed, by which the keeper of incidents wakes. */
final class IncidentSignal implements OutageListener {
  final Signal signal = new Signal();

  @Override
  public void changed(List<OutageChange> changes, long now) {
    signal.give();
  }
}
