package dev.storewatch.poll;

import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.interval.Span;
import dev.storewatch.revision.Revisions;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.store.TooManyStores;
import dev.storewatch.store.UnknownStore;
import dev.storewatch.uptime.PackedPoll;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that brings polls, hours or zones, and the stores that they name; or takes polls
 * away.
 */
public final class PollTransaction {
  private final Stores stores;
  private final Polls polls;
  private final WrittenPolls written;
  private final Supplier<PollJournal> journals;
  private final Revisions revisions;

  /** The stores as they are now; null when they must be read again. */
  private @Nullable Registry known;

  PollTransaction(
      Stores stores,
      Polls polls,
      WrittenPolls written,
      Supplier<PollJournal> journals,
      Revisions revisions) {
    this.revisions = revisions;
    this.stores = stores;
    this.polls = polls;
    this.written = written;
    this.journals = journals;
  }

  /**
   * Says who writes, and what this is part of, such as {@code import:ID}; null where that is not
   * known, or it is part of nothing.
   */
  public void by(@Nullable String who, @Nullable String cause) {
    revisions.by(who, cause);
  }

  /** Returns where stores are kept. */
  public Stores stores() {
    return stores;
  }

  /** Returns the stores as they are now, which takes long after the transaction has added some. */
  public Registry registry() {
    Registry read = known == null ? stores.registry() : known;
    known = read;
    return read;
  }

  /**
   * Returns the keys of stores, and adds the stores that do not exist yet.
   *
   * @param most how many stores there may be
   * @throws TooManyStores if there would be more
   */
  public StoreKeys keys(StoreIdIndex ids, int most) {
    Registry registry = registry();
    StoreKeys keys = new StoreKeys(ids, registry);
    TooManyStores.check(registry.size(), keys.newIds().size(), most);
    if (!keys.newIds().isEmpty()) {
      stores.add(keys.firstNewKey(), keys.newIds());
      known = null;
    }
    return keys;
  }

  /**
   * Begins to write polls of stores; {@link PollMerge#finish} ends it.
   *
   * @param before the stores as they were before those of the keys were added
   * @param tallies where the rows of a store are counted
   * @param overlap the time in which the database has polls that may be repeated; empty when it has
   *     none
   * @param few the most polls that are looked up one by one, because they may lie far apart in
   *     time; for more of them a scan of all polls between them is cheaper
   * @param journal who keeps what is done to the database
   */
  public PollMerge merge(
      Registry before,
      StoreKeys keys,
      IntFunction<RowCounts.Tally> tallies,
      Span overlap,
      int few,
      PollJournal journal) {
    known = null;
    return new PollMerge(
        polls, stores, keys, tallies, new FirstPolls(before), written, journal, overlap, few);
  }

  /** Returns a journal for polls that no import brings. */
  PollJournal journal() {
    return journals.get();
  }

  /**
   * Takes back what an import wrote.
   *
   * @param added polls that are deleted, as far as they are there
   * @param replaced polls whose status becomes the other one again
   * @return how many were deleted
   */
  public long takeBack(PollRows added, PollRows replaced) {
    see(added);
    see(replaced);
    PollRows before = new PollRows(replaced.size());
    for (int i = 0; i < replaced.size(); i++) {
      long poll = replaced.poll(i);
      before.add(replaced.store(i), PackedPoll.of(PackedPoll.at(poll), !PackedPoll.isActive(poll)));
    }
    if (before.size() > 0) {
      polls.replace(before);
    }
    return added.size() == 0 ? 0 : polls.delete(added);
  }

  /** Returns the keys of the stores that have other polls in their span than was noted. */
  public int[] changed(PollSpans spans) {
    PollSpans.Comparison comparison = spans.new Comparison();
    polls.scan(spans.time(), comparison.smallest(), comparison.largest(), comparison);
    return comparison.differing();
  }

  /** Deletes all polls in spans, and returns how many there were. */
  public long takeBack(PollSpans spans) {
    int[] keys = spans.keys();
    long[] firsts = spans.firsts();
    for (int i = 0; i < keys.length; i++) {
      written.see(keys[i], firsts[i]);
    }
    return keys.length == 0 ? 0 : polls.delete(spans);
  }

  private void see(PollRows changed) {
    for (int from = 0; from < changed.size(); ) {
      int store = changed.store(from);
      long earliest = Long.MAX_VALUE;
      for (; from < changed.size() && changed.store(from) == store; from++) {
        earliest = Math.min(earliest, PackedPoll.at(changed.poll(from)));
      }
      written.see(store, earliest);
    }
  }

  /** Finds anew the first polls of stores, after polls of theirs were deleted. */
  public void findFirstPolls(int... keys) {
    known = null;
    stores.setFirstPolls(keys, polls.first(keys));
  }

  /**
   * Notes the instants of the first polls of stores where no earlier one is known: polls that are
   * not kept any more say since when there are figures of a store.
   *
   * @param instants for each store, in microseconds since the epoch
   */
  public void noteFirstPolls(int[] keys, long[] instants) {
    FirstPolls earlier = new FirstPolls(registry());
    for (int i = 0; i < keys.length; i++) {
      earlier.see(keys[i], instants[i]);
    }
    earlier.writeTo(stores);
    known = null;
  }

  /**
   * Deletes the polls of a store in a period: everything is then as if they had never come, but for
   * the reports that were made of them. The store itself stays, also without any poll.
   *
   * @param scope the stores of which the caller may delete polls
   * @return how many there were
   * @throws UnknownStore if there is no store of that id in the scope
   */
  public long delete(Scope scope, String storeId, Span period) {
    Registry before = registry();
    int key = scope.key(before, storeId).orElseThrow(() -> new UnknownStore(storeId));
    OptionalLong first = polls.first(key, period);
    if (first.isEmpty()) {
      return 0;
    }
    long deleted = polls.delete(key, period);
    written.see(key, first.getAsLong());
    PollJournal journal = journals.get();
    journal.knew(key, first.getAsLong(), period.end() - 1);
    journal.finish();
    if (!before.hasPollBy(key, first.getAsLong() - 1)) {
      findFirstPolls(key);
    }
    return deleted;
  }

  /** Returns a period if the database may have polls in it, else an empty one. */
  public Span overlap(Span period) {
    return polls.countRoughly(period) > 0 ? period : new Span(period.start(), period.start());
  }
}
