package dev.storewatch.bench;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Changes of what a report rests on, after it was made. */
final class LaterChanges {
  /** How many stores get other hours. */
  private static final int OTHER_HOURS = 1_000;

  /** Of how many stores polls are deleted. */
  private static final int DELETED = 50;

  private LaterChanges() {}

  /** Brings a late poll of each store, other hours of some, and deletes polls of some. */
  static void make(Installed installed) throws IOException {
    Registry registry = installed.stores().registry();
    int[] keys = registry.keysById();
    long newest = installed.newest();
    send(
        installed,
        "store_id,status,timestamp_utc",
        keys.length,
        row ->
            "%s,%s,%s"
                .formatted(
                    registry.id(keys[row]),
                    row % 5 == 0 ? "active" : "inactive",
                    late(newest, row)));
    send(
        installed,
        "store_id,day,start_time_local,end_time_local",
        7 * Math.min(OTHER_HOURS, keys.length),
        row -> "%s,%d,09:00,17:00".formatted(registry.id(keys[row / 7]), row % 7));
    Span lastDay = new Span(newest - Micros.DAY, newest + 1);
    long _ =
        installed
            .parts()
            .intake()
            .write(
                in ->
                    Arrays.stream(keys)
                        .skip(OTHER_HOURS)
                        .limit(DELETED)
                        .mapToLong(key -> in.delete(Scope.EVERYTHING, registry.id(key), lastDay))
                        .sum());
  }

  /** Returns an instant of the hours before the newest poll, in ISO 8601. */
  private static String late(long newest, int row) {
    return Micros.toInstant(newest - 1 - (long) row * 7919 % (30 * Micros.HOUR)).toString();
  }

  private static void send(Installed installed, String header, int rows, IntFunction<String> row)
      throws IOException {
    String file =
        IntStream.range(0, rows)
            .mapToObj(row)
            .collect(Collectors.joining("\n", header + "\n", "\n"));
    var _ = installed.importBytes(file.getBytes(StandardCharsets.UTF_8));
  }
}
