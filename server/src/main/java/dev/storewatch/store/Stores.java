package dev.storewatch.store;

import dev.storewatch.database.Database;
import dev.storewatch.database.DuckDbDatabase;
import dev.storewatch.database.PostgresDatabase;
import dev.storewatch.hours.OpeningInterval;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The place where stores are kept.
 *
 * <p>A deleted store comes back when anything new is written about it; nothing else is known of it
 * then.
 */
public interface Stores {
  /** Stands for the first poll of a store that has none. */
  long NEVER = Long.MAX_VALUE;

  /** Returns the stores of a database. */
  static Stores open(Database database) {
    // A switch over types has Java make a class at run time, for which a short command would wait.
    return database instanceof DuckDbDatabase duckDb
        ? new DuckDbStores(duckDb)
        : new PostgresStores((PostgresDatabase) database);
  }

  /** Returns all stores as they are now. */
  Registry registry();

  /**
   * Returns all stores as they were known at a revision, but for their names; those that were added
   * since count as deleted.
   */
  Registry registry(int revision);

  /**
   * Adds stores, within the caller's transaction.
   *
   * @param firstKey the key of the first; the others follow without a gap
   * @param ids their ids, which were never used before
   */
  void add(int firstKey, List<String> ids);

  /**
   * Sets the zones of stores, within the caller's transaction; they are not flagged any more.
   *
   * @param keys the stores
   * @param zones the IANA name for each
   */
  void setZones(int[] keys, List<String> zones);

  /**
   * Puts business hours in the place of all that the named stores had, within the caller's
   * transaction; they are not flagged any more. What held from a date on is taken out with them.
   *
   * @param keys the store of each interval
   * @param intervals the intervals, packed as {@link Registry.PackedHours#pack} does, and closed
   *     days, as {@link Registry.PackedHours#closed} packs them
   */
  default void replaceHours(int[] keys, long[] intervals) {
    replaceHours(keys, intervals, null);
  }

  /**
   * Puts business hours in the place of all that the named stores had.
   *
   * @param by who does it; null if that is not known
   */
  void replaceHours(int[] keys, long[] intervals, @Nullable String by);

  /** Forgets the business hours of stores, within the caller's transaction, and their flags. */
  void forgetHours(int[] keys);

  /** Forgets the zones of stores, within the caller's transaction, and their flags. */
  void forgetZones(int[] keys);

  /**
   * Flags stores as having hours of which rows were refused, within the caller's transaction; one
   * that is flagged already stays so since the instant it was.
   *
   * @param keys the stores
   * @param since the instant in microseconds since the epoch
   */
  void flagHours(int[] keys, long since);

  /**
   * Flags stores as having a zone of which rows were refused, as {@link #flagHours} does.
   *
   * @param keys the stores
   * @param since the instant in microseconds since the epoch
   */
  void flagZones(int[] keys, long since);

  /**
   * Gives stores tags that they do not have, within the caller's transaction.
   *
   * @param keys the store of each tag
   * @param tags the tags
   */
  void addTags(int[] keys, List<String> tags);

  /**
   * Takes tags away from stores, within the caller's transaction.
   *
   * @param keys the store of each tag
   * @param tags the tags
   */
  void removeTags(int[] keys, List<String> tags);

  /**
   * Sets what stores are called, within the caller's transaction.
   *
   * @param keys the stores
   * @param names the name for each; an empty one for none
   */
  void setNames(int[] keys, List<String> names);

  /** Adds a planned closure, within the caller's transaction. */
  default void addClosure(PlannedClosure closure) {
    addClosures(List.of(closure));
  }

  /** Adds planned closures, within the caller's transaction. */
  void addClosures(List<PlannedClosure> closures);

  /**
   * Takes out a planned closure, within the caller's transaction; that it was there is kept.
   *
   * @param at when, in microseconds since the epoch
   * @param by who does it; null if that is not known
   */
  void removeClosure(String id, long at, @Nullable String by);

  /** Adds a special day, within the caller's transaction. */
  default void addDay(PlannedDay day) {
    addDays(List.of(day));
  }

  /** Adds special days, within the caller's transaction. */
  void addDays(List<PlannedDay> days);

  /**
   * Takes out a special day, within the caller's transaction; that it was there is kept.
   *
   * @param at when, in microseconds since the epoch
   * @param by who does it; null if that is not known
   */
  void removeDay(String id, long at, @Nullable String by);

  /**
   * Sets the weekly hours of a store that hold from a date on, within the caller's transaction;
   * those that it had for that date are kept as what was there.
   *
   * @param hours what begins on each day; empty for a store that is closed all week, null to take
   *     out what holds from that date on
   * @param at when, in microseconds since the epoch
   * @param by who does it; null if that is not known
   */
  default void setDatedHours(
      int key,
      LocalDate validFrom,
      @Nullable List<OpeningInterval> hours,
      long at,
      @Nullable String by) {
    setDatedHours(DatedWeeks.of(key, validFrom, hours), at, by);
  }

  /**
   * Sets weekly hours of stores that hold from a date on, as the method for one store does.
   *
   * @param at when, in microseconds since the epoch
   * @param by who does it; null if that is not known
   */
  void setDatedHours(DatedWeeks weeks, long at, @Nullable String by);

  /**
   * What became of special days and closures.
   *
   * @param changed how many somebody else changed or deleted since; then nothing is taken back
   * @param takenOut how many were taken out
   * @param putBack how many were put back
   */
  record TakenBack(int changed, int takenOut, int putBack) {}

  /**
   * Takes out the special days and closures that somebody entered, and puts back those that the
   * same took out, within the caller's transaction.
   *
   * @param enteredBy who entered and took out
   * @param at when, in microseconds since the epoch
   * @param by who does it
   */
  TakenBack takeBack(String enteredBy, long at, String by);

  /** Brings back those of some stores that are deleted, within the caller's transaction. */
  void bringBack(int[] keys);

  /**
   * Sets the instants of stores' first polls, within the caller's transaction.
   *
   * @param keys the stores
   * @param instants for each, microseconds since the epoch; {@link #NEVER} for one without polls
   */
  void setFirstPolls(int[] keys, long[] instants);

  /**
   * Replaces what is known of a store, within the caller's transaction: all that was known before
   * is gone.
   */
  default void describe(int key, StoreDetails details) {
    revise(key, details, EnumSet.allOf(StorePart.class));
  }

  /**
   * Replaces some parts of what is known of a store, within the caller's transaction; hours and a
   * zone that are replaced are not flagged any more.
   *
   * @param parts the parts of the details that are written
   */
  void revise(int key, StoreDetails details, Set<StorePart> parts);

  /**
   * Deletes a store with all that is known of it, within the caller's transaction; its key and its
   * id are kept for the rows of old reports. Its polls are the caller's to delete.
   */
  void delete(int key);
}
