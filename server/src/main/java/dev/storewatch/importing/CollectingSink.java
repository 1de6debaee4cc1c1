package dev.storewatch.importing;

import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.file.RowSink;
import dev.storewatch.hours.Closure;
import dev.storewatch.store.Registry;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/** The receiver of a file's rows: it has the valid ones collected, and passes on the wrong ones. */
final class CollectingSink implements RowSink {
  private final CollectedRows rows;
  private final StoreIdIndex ids;
  private final Rejects rejects;

  /** The stores and tags that there are; looked up for files that name none that are new. */
  private final Supplier<Registry> known;

  private final Supplier<Set<String>> tags = SingletonSupplier.of(this::tags);

  /**
   * A receiver of rows.
   *
   * @param ids the numbers by which the rows name stores
   * @param registry gives the stores that there are
   */
  CollectingSink(
      CollectedRows rows, StoreIdIndex ids, Supplier<Registry> registry, Rejects rejects) {
    this.rows = rows;
    this.ids = ids;
    this.known = SingletonSupplier.of(registry);
    this.rejects = rejects;
  }

  /** Whoever receives the wrong rows of a file, in its order. */
  interface Rejects {
    /** Called with each wrong row. */
    void take(Reject reject);
  }

  private Set<String> tags() {
    Registry registry = known.get();
    Set<String> all = new HashSet<>();
    registry.keysAfter(null).forEach(key -> all.addAll(registry.tags(key)));
    return all;
  }

  @Override
  public boolean knowsTag(String tag) {
    return tags.get().contains(tag);
  }

  @Override
  public boolean knowsStore(int store) {
    return known.get().key(ids.id(store)).isPresent();
  }

  @Override
  public void specialHours(
      Target target, LocalDate date, int opens, int closes, @Nullable String label) {
    rows.specialHours(target, date, opens, closes, label);
  }

  @Override
  public void specialClosed(Target target, LocalDate date, @Nullable String label) {
    rows.specialClosed(target, date, label);
  }

  @Override
  public void refusedDay(Target target, LocalDate date) {
    rows.refusedDay(target, date);
  }

  @Override
  public void closure(Target target, Closure closure) {
    rows.closure(target, closure);
  }

  @Override
  public void poll(int store, long at, boolean active) {
    rows.poll(store, at, active);
  }

  @Override
  public void hours(int store, int day, int opens, int closes) {
    rows.hours(store, day, opens, closes);
  }

  @Override
  public void closed(int store, int day) {
    rows.closed(store, day);
  }

  @Override
  public void refusedHours(int store, int day) {
    rows.refusedHours(store, day);
  }

  @Override
  public void hoursFrom(LocalDate date, int store, int day, int opens, int closes) {
    rows.hoursFrom(date, store, day, opens, closes);
  }

  @Override
  public void closedFrom(LocalDate date, int store, int day) {
    rows.closedFrom(date, store, day);
  }

  @Override
  public void refusedHoursFrom(LocalDate date, int store, int day) {
    rows.refusedHoursFrom(date, store, day);
  }

  @Override
  public void flaggedHours(int store, long since) {
    rows.flaggedHours(store, since);
  }

  @Override
  public void flaggedZone(int store, long since) {
    rows.flaggedZone(store, since);
  }

  @Override
  public void firstPoll(int store, long at) {
    rows.firstPoll(store, at);
  }

  @Override
  public void refusedZone(int store) {
    rows.refusedZone(store);
  }

  @Override
  public void zone(int store, String zone) {
    rows.zone(store, zone);
  }

  @Override
  public void tags(int store, @Nullable String name, List<String> tags) {
    rows.tags(store, name, tags);
  }

  @Override
  public void refusedTags(int store) {
    rows.refusedTags(store);
  }

  @Override
  public void rejected(long line, String reason, String text) {
    rejects.take(new Reject(line, reason, text));
  }
}
