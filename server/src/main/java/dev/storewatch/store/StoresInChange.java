package dev.storewatch.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * The stores as a running transaction has them. Where it changes nothing but special days and
 * closures they are put together from those before it, because a fleet and all its entries take
 * long to read; else they are read.
 */
final class StoresInChange implements TransactionSynchronization {
  private final Object owner;
  private final Registry before;
  private final Supplier<Registry> read;
  private final Consumer<Registry> whenCommitted;
  private @Nullable List<PlannedClosure> closures;
  private @Nullable List<PlannedDay> days;
  private boolean mustRead;

  /** The stores as they were last seen by the transaction; null after a change. */
  private @Nullable Registry after;

  /**
   * Stores of which nothing is changed yet.
   *
   * @param owner whose they are
   * @param before the stores before the transaction
   * @param read reads them as they are in the transaction
   * @param whenCommitted is given the stores as they are once it is committed, if they are known
   */
  StoresInChange(
      Object owner, Registry before, Supplier<Registry> read, Consumer<Registry> whenCommitted) {
    this.owner = owner;
    this.before = before;
    this.read = read;
    this.whenCommitted = whenCommitted;
  }

  boolean isOf(Object some) {
    return owner.equals(some);
  }

  /** Takes a change of which only the database knows what it does. */
  void change() {
    mustRead = true;
    after = null;
  }

  void addClosures(List<PlannedClosure> more) {
    closures = with(closures == null ? before.plannedClosures() : closures, more);
    after = null;
  }

  void removeClosure(String id) {
    closures = without(closures == null ? before.plannedClosures() : closures, id);
    after = null;
  }

  void addDays(List<PlannedDay> more) {
    days = with(days == null ? before.plannedDays() : days, more);
    after = null;
  }

  void removeDay(String id) {
    days = without(days == null ? before.plannedDays() : days, id);
    after = null;
  }

  private static <E extends CalendarEntry> List<E> with(List<E> some, List<E> more) {
    List<E> all = new ArrayList<>(some);
    all.addAll(more);
    all.sort(CalendarEntry.AS_ENTERED);
    return all;
  }

  private static <E extends CalendarEntry> List<E> without(List<E> some, String id) {
    return some.stream().filter(entry -> !entry.id().equals(id)).toList();
  }

  Registry registry() {
    if (mustRead) {
      after = read.get();
    } else if (after == null) {
      after = before.with(closures, days);
    }
    return after;
  }

  @Override
  public void afterCommit() {
    if (after != null) {
      whenCommitted.accept(after);
    }
  }
}
