package dev.storewatch.importing;

import dev.storewatch.journal.OpenEntry;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.poll.StoreKeys;
import dev.storewatch.store.PackedWeeks;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The business hours of a file. Those without a date replace all hours that its stores had, those
 * that hold from a date on the ones that hold from the same date on.
 *
 * <p>A row is repeated when the store had the same interval from the same date on, or the file
 * names it twice; otherwise it is replaced when the store had any hours to be replaced, and added
 * when it had none.
 *
 * <p>A store of which a row was refused keeps the hours it had, whole; its good rows count as
 * rejected, those that the file repeats as repeated. One that had none gets its good rows, is
 * closed on the days whose rows were refused, and is flagged.
 *
 * <p>The files of one set add up: the hours that a later one names are added to those of the files
 * before it, and what a store had before the set is what it keeps when a row of any of them was
 * refused.
 */
final class CollectedHours implements CollectedFacts {
  private final DistinctRows rows = new DistinctRows();
  private final DistinctRows refused = new DistinctRows();

  /** Since when stores are flagged elsewhere. */
  private final Map<Integer, Long> flagged = new HashMap<>();

  @Override
  public void hours(int store, int day, int opens, int closes) {
    hoursFrom(PackedWeeks.BEGINNING, store, day, opens, closes);
  }

  @Override
  public void closed(int store, int day) {
    closedFrom(PackedWeeks.BEGINNING, store, day);
  }

  @Override
  public void refusedHours(int store, int day) {
    refusedHoursFrom(PackedWeeks.BEGINNING, store, day);
  }

  @Override
  public void hoursFrom(LocalDate date, int store, int day, int opens, int closes) {
    rows.add(store, DatedRow.pack(date, Registry.PackedHours.pack(day, opens, closes)));
  }

  @Override
  public void closedFrom(LocalDate date, int store, int day) {
    rows.add(store, DatedRow.pack(date, Registry.PackedHours.closed(day)));
  }

  @Override
  public void refusedHoursFrom(LocalDate date, int store, int day) {
    refused.add(store, DatedRow.refused(date, day));
  }

  @Override
  public void flaggedHours(int store, long since) {
    flagged.put(store, since);
  }

  @Override
  public void renumber(Renumbering numbers) {
    rows.renumber(numbers);
    refused.renumber(numbers);
    Map<Integer, Long> others = new HashMap<>();
    flagged.forEach((store, since) -> others.put(numbers.of(store), since));
    flagged.clear();
    flagged.putAll(others);
  }

  @Override
  public Refusals write(
      Stores stores, Registry before, StoreKeys keys, RowCounts.Tally tally, OpenEntry entry) {
    HoursWriting writing = new HoursWriting(before, keys, tally, entry);
    DistinctRows.Groups good = rows.group();
    DistinctRows.Groups wrong = refused.group();
    int last = Math.max(rows.largestStore(), refused.largestStore());
    for (int store = 0; store <= last; store++) {
      Long since = flagged.get(store);
      writing.take(
          store,
          DatedRow.weeks(good.of(store)),
          DatedRow.days(wrong.of(store)),
          since == null ? OptionalLong.empty() : OptionalLong.of(since));
    }
    tally.repeated(rows.repeated());
    writing.takeOthersOfSet();
    writing.write(stores);
    return writing.refusals();
  }
}
