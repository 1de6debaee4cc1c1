package dev.storewatch.demo;

import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.interval.SpanSet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The writing of a fleet's files store by store, so that no more than a block of its polls is in
 * memory.
 */
final class Export {
  private static final int STORES_PER_BROKEN_ROWS = 500;
  private static final int STORES_PER_REPEATED_POLLS = 50;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final Fleet fleet;
  private final Clocks clocks;
  private final Dice dice;
  private final List<RegionalOutage> regionalOutages;
  private final ShuffledRows statusRows;
  private final OutputStream statusFile;
  private final OutputStream hoursFile;
  private final OutputStream zonesFile;

  Export(Fleet fleet, OutputStream status, OutputStream hours, OutputStream zones) {
    this.fleet = fleet;
    this.clocks = new Clocks(fleet.period());
    this.dice = Dice.seeded(fleet.seed());
    this.regionalOutages = RegionalOutage.draw(dice.split(), fleet);
    this.statusRows = new ShuffledRows(status, fleet.period(), dice.split());
    this.statusFile = status;
    this.hoursFile = hours;
    this.zonesFile = zones;
  }

  /** Writes all rows and returns how many of them are polls, unreadable ones included. */
  long write() throws IOException {
    write(statusFile, "store_id,status,timestamp_utc");
    write(hoursFile, "store_id,day,start_time_local,end_time_local");
    write(zonesFile, "store_id,timezone_str");
    for (int number = 1; number <= fleet.stores(); number++) {
      writeStore(number, dice.split());
    }
    return statusRows.finish();
  }

  private void writeStore(int number, Dice ofStore) throws IOException {
    Storefront store = Storefront.draw(ofStore, number);
    String id = quoted(store.id());
    for (OpeningInterval interval : store.hours()) {
      write(hoursFile, id + "," + fields(interval));
    }
    if (store.zone() != null) {
      write(zonesFile, id + "," + store.zone());
    }
    addPolls(number, id, polls(number, store, ofStore), ofStore);
    if (number % STORES_PER_BROKEN_ROWS == 1) {
      writeBroken(id);
    }
  }

  private StorePolls polls(int number, Storefront store, Dice ofStore) {
    long[] at = PollTimes.draw(ofStore, fleet.period());
    if (number == 1) {
      at = Arrays.copyOf(at, at.length + 1);
      at[at.length - 1] = fleet.period().end();
    }
    SpanSet down = StorePolls.down(ofStore, store, fleet.period(), regionalOutages);
    return StorePolls.draw(ofStore, at, store.open(clocks), down);
  }

  private void addPolls(int number, String id, StorePolls polls, Dice ofStore) throws IOException {
    statusRows.beginStore(id);
    for (int i = 0; i < polls.size(); i++) {
      statusRows.add(polls.at()[i], polls.active()[i]);
    }
    if (number % STORES_PER_REPEATED_POLLS == 1) {
      int repeated = ofStore.index(polls.size());
      statusRows.add(polls.at()[repeated], polls.active()[repeated]);
      int corrected = ofStore.index(polls.size());
      statusRows.add(polls.at()[corrected], !polls.active()[corrected]);
    }
  }

  private void writeBroken(String id) throws IOException {
    BrokenRows.polls(id).forEach(statusRows::addWhole);
    for (byte[] row : BrokenRows.hours(id)) {
      hoursFile.write(row);
    }
    for (byte[] row : BrokenRows.zones(id)) {
      zonesFile.write(row);
    }
  }

  private static String fields(OpeningInterval interval) {
    int day = interval.day().getValue() - 1;
    return day + "," + time(interval.opens()) + "," + time(interval.closes());
  }

  private static String time(int second) {
    return second == OpeningInterval.DAY_SECONDS
        ? "24:00:00"
        : TIME.format(LocalTime.ofSecondOfDay(second));
  }

  private static String quoted(String field) {
    return field.contains(",") || field.contains("\"")
        ? '"' + field.replace("\"", "\"\"") + '"'
        : field;
  }

  private static void write(OutputStream file, String row) throws IOException {
    file.write((row + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
