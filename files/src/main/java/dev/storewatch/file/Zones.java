package dev.storewatch.file;

import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.hours.ZoneTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of the table of time zones, looked up by their bytes. */
final class Zones {
  private static final List<String> NAMES =
      ZoneTable.inUse().names().stream().map(String::intern).toList();

  /**
   * The position of each name in the list; never changed after this class is loaded, so any thread
   * may read it.
   */
  private static final StoreIdIndex POSITIONS = new StoreIdIndex();

  static {
    NAMES.forEach(POSITIONS::indexOf);
  }

  private Zones() {}

  /** Returns the zone of exactly this name, or null. */
  static @Nullable String find(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return find(utf8, 0, utf8.length);
  }

  /** Returns the zone of exactly this name, the same object each time, or null. */
  static @Nullable String find(byte[] text, int from, int to) {
    int position = POSITIONS.find(text, from, to);
    return position < 0 ? null : NAMES.get(position);
  }
}
