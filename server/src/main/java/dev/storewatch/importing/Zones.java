package dev.storewatch.importing;

import dev.storewatch.store.StoreIdIndex;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The IANA time zones that this Java knows, looked up by their bytes. */
final class Zones {
  private final List<String> names =
      ZoneId.getAvailableZoneIds().stream().sorted().map(String::intern).toList();

  /** Gives each name its position in the list; names are found by the same hash as store ids. */
  private final StoreIdIndex positions = new StoreIdIndex();

  Zones() {
    names.forEach(positions::indexOf);
  }

  /** Returns the zone of exactly this name, the same object each time, or null. */
  @Nullable String find(byte[] text, int from, int to) {
    int position = positions.find(text, from, to);
    return position < 0 ? null : names.get(position);
  }
}
