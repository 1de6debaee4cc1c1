package dev.storewatch.poll;

import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.interval.Micros;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.uptime.PackedPoll;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Some polls that one sender pushed, which are written together, in the order in which they came.
 */
public final class PollBatch {
  private Scope scope;
  private @Nullable String sender;
  private @Nullable Consumer<PollWriter.Written> companion;
  private final boolean knownStoresOnly;
  private final StoreIdIndex ids = new StoreIdIndex();
  private final PollRows rows = new PollRows(0);

  /** The number of each poll among all items of its request. */
  private long[] items = {};

  /** An empty batch, of a sender who may push polls of the stores of a scope. */
  public PollBatch(Scope scope) {
    this(scope, false);
  }

  /**
   * An empty batch.
   *
   * @param knownStoresOnly whether polls of stores that are not there are left out; otherwise they
   *     add the store
   */
  public PollBatch(Scope scope, boolean knownStoresOnly) {
    this.scope = scope;
    this.knownStoresOnly = knownStoresOnly;
  }

  public void add(long item, String storeId, long at, boolean active) {
    if (rows.size() == items.length) {
      items = Arrays.copyOf(items, Math.max(4, 2 * items.length));
    }
    items[rows.size()] = item;
    rows.add(ids.indexOf(storeId), PackedPoll.of(at, active));
  }

  /** Says who sends the polls. */
  public void setSender(String name) {
    sender = name;
  }

  /**
   * Says what else is done in the transaction that writes the polls, once they are counted: both
   * are kept, or none of them. It is done even if there is no poll, and may be done again after a
   * transaction that was not kept.
   */
  public void setCompanion(Consumer<PollWriter.Written> work) {
    companion = work;
  }

  /** Does what else is done in the running transaction. */
  void accompany(PollWriter.Written written) {
    if (companion != null) {
      companion.accept(written);
    }
  }

  /** Returns whether there is nothing to do in a transaction. */
  boolean isIdle() {
    return rows.size() == 0 && companion == null;
  }

  /** Returns who sends the polls; null if that is not known. */
  @Nullable String sender() {
    return sender;
  }

  public Scope scope() {
    return scope;
  }

  public void setScope(Scope now) {
    scope = now;
  }

  /** Returns how many polls there are. */
  public int size() {
    return rows.size();
  }

  /** Returns the ids of the stores, numbered as in {@link #rows}. */
  StoreIdIndex ids() {
    return ids;
  }

  /** Returns the polls, with the number of their store among those of the batch. */
  PollRows rows() {
    return rows;
  }

  public long item(int row) {
    return items[row];
  }

  public String storeId(int row) {
    return ids.id(rows.store(row));
  }

  /** Returns a poll as it could have been pushed. */
  public String json(int row) {
    return """
    {"store_id":"%s","status":"%s","timestamp_utc":"%s"}\
    """
        .formatted(
            storeId(row).replace("\\", "\\\\").replace("\"", "\\\""),
            PackedPoll.isActive(rows.poll(row)) ? "active" : "inactive",
            Micros.toInstant(PackedPoll.at(rows.poll(row))));
  }

  /** Returns the numbers of the stores of which polls are left out. */
  BitSet outside(Supplier<Registry> stores) {
    BitSet outside = new BitSet();
    if (knownStoresOnly || !scope.isEverything()) {
      Registry registry = stores.get();
      for (int store = 0; store < ids.size(); store++) {
        OptionalInt key = registry.key(ids.id(store));
        outside.set(store, key.isEmpty() || !scope.includes(registry, key.getAsInt()));
      }
    }
    return outside;
  }
}
