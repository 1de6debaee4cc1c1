package dev.storewatch.importing;

import dev.storewatch.file.RowSink;
import dev.storewatch.hours.Closure;
import dev.storewatch.journal.OpenEntry;
import dev.storewatch.poll.PollTransaction;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.poll.StoreKeys;
import dev.storewatch.store.Registry;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The valid rows of a file of one kind: first collected, then written in one transaction. */
interface CollectedRows extends AutoCloseable {
  /** Collects a poll. */
  default void poll(int store, long at, boolean active) {
    throw new IllegalStateException("not a file of polls");
  }

  /** Collects an interval of business hours. */
  default void hours(int store, int day, int opens, int closes) {
    throw new IllegalStateException("not a file of business hours");
  }

  /** Collects a day on which a store is closed. */
  default void closed(int store, int day) {
    throw new IllegalStateException("not a file of business hours");
  }

  /**
   * Collects that a row of business hours was refused.
   *
   * @param day 0 (Monday) to 6 (Sunday), or -1 when that could not be read
   */
  default void refusedHours(int store, int day) {
    throw new IllegalStateException("not a file of business hours");
  }

  /** Collects an interval of business hours that hold from a date on. */
  default void hoursFrom(LocalDate date, int store, int day, int opens, int closes) {
    throw new IllegalStateException("not a file of business hours");
  }

  /** Collects a day on which a store is closed from a date on. */
  default void closedFrom(LocalDate date, int store, int day) {
    throw new IllegalStateException("not a file of business hours");
  }

  /**
   * Collects that a row of business hours that hold from a date on was refused.
   *
   * @param day 0 (Monday) to 6 (Sunday), or -1 when that could not be read
   */
  default void refusedHoursFrom(LocalDate date, int store, int day) {
    throw new IllegalStateException("not a file of business hours");
  }

  /** Collects since when a store counts on hours of which rows were refused elsewhere. */
  default void flaggedHours(int store, long since) {
    throw new IllegalStateException("not a file of business hours");
  }

  /** Collects since when a store counts on a zone of which rows were refused elsewhere. */
  default void flaggedZone(int store, long since) {
    throw new IllegalStateException("not a file of zones");
  }

  /** Collects the instant of a store's first poll, which is not among those that come. */
  default void firstPoll(int store, long at) {
    throw new IllegalStateException("not a file of polls");
  }

  /** Collects that a row of zones was refused. */
  default void refusedZone(int store) {
    throw new IllegalStateException("not a file of zones");
  }

  /** Collects tags of a store, and its name if the row says it. */
  default void tags(int store, @Nullable String name, List<String> tags) {
    throw new IllegalStateException("not a file of tags");
  }

  /** Collects that a row of tags was refused. */
  default void refusedTags(int store) {
    throw new IllegalStateException("not a file of tags");
  }

  /** Collects an interval of a special day. */
  default void specialHours(
      RowSink.Target target, LocalDate date, int opens, int closes, @Nullable String label) {
    throw new IllegalStateException("not a file of special days");
  }

  /** Collects a special day on which stores are closed. */
  default void specialClosed(RowSink.Target target, LocalDate date, @Nullable String label) {
    throw new IllegalStateException("not a file of special days");
  }

  /** Collects that a row of a special day was refused. */
  default void refusedDay(RowSink.Target target, LocalDate date) {
    throw new IllegalStateException("not a file of special days");
  }

  /** Collects a planned closure. */
  default void closure(RowSink.Target target, Closure closure) {
    throw new IllegalStateException("not a file of planned closures");
  }

  /** Collects a zone. */
  default void zone(int store, String zone) {
    throw new IllegalStateException("not a file of zones");
  }

  /** Says how many bytes of plain text are to come, where that is known. */
  default void expect(long bytes) {}

  /** Gives stores other numbers, once, of a file that was read by itself. */
  default void renumber(Renumbering numbers) {
    throw new IllegalStateException("a file of this kind is not read by itself");
  }

  /**
   * Writes all rows, within a transaction, and counts what became of each.
   *
   * @param before the stores as they were before those of the file were added
   * @param entry keeps what is changed
   * @return which stores were treated otherwise than the file says, because rows were refused
   */
  Refusals write(
      PollTransaction in, Registry before, StoreKeys keys, RowCounts.Tally tally, OpenEntry entry);

  @Override
  default void close() {}
}
