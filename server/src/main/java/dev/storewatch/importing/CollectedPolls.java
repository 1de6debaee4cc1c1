package dev.storewatch.importing;

import dev.storewatch.interval.Span;
import dev.storewatch.journal.OpenEntry;
import dev.storewatch.poll.PollMerge;
import dev.storewatch.poll.PollTransaction;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.poll.StoreKeys;
import dev.storewatch.store.Registry;
import dev.storewatch.uptime.PackedPoll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The polls of a file. */
final class CollectedPolls implements CollectedRows {
  private final PollRuns runs;
  private final int few;

  /**
   * Gives the other numbers of stores when there is no more room in memory, because what is put
   * aside keeps its numbers; null if they have no others.
   */
  private @Nullable Supplier<Renumbering> wanted;

  /** The other numbers of stores; null as long as they have none. */
  private @Nullable Renumbering numbers;

  /** The instants of first polls that are not among those that come, by store. */
  private final Map<Integer, Long> firstPolls = new TreeMap<>();

  CollectedPolls(Path temporary, int pollsInMemory) {
    this.runs = new PollRuns(temporary, pollsInMemory);
    this.few = pollsInMemory / 100;
  }

  /**
   * The polls of a file that is read by itself.
   *
   * @param wanted gives other numbers for its stores, and may wait until there are any; asked at
   *     most once, by the thread that reads
   */
  CollectedPolls(Path temporary, int pollsInMemory, Supplier<Renumbering> wanted) {
    this(temporary, pollsInMemory);
    this.wanted = wanted;
  }

  /** A row of the usual form has some sixty bytes; a few that are shorter do not matter. */
  @Override
  public void expect(long bytes) {
    runs.makeRoomFor(bytes / 56);
  }

  @Override
  public void poll(int store, long at, boolean active) {
    if (wanted != null && runs.isFull()) {
      renumber(wanted.get());
    }
    runs.add(numbers == null ? store : numbers.of(store), PackedPoll.of(at, active));
  }

  @Override
  public void renumber(Renumbering others) {
    if (numbers == null) {
      runs.renumber(others);
      numbers = others;
    }
    wanted = null;
  }

  @Override
  public void firstPoll(int store, long at) {
    firstPolls.put(store, at);
  }

  @Override
  public Refusals write(
      PollTransaction in, Registry before, StoreKeys keys, RowCounts.Tally tally, OpenEntry entry) {
    PollMerge merge = in.merge(before, keys, store -> tally, overlap(in), few, entry.polls());
    runs.forEachRange(merge::merge);
    merge.finish();
    if (!firstPolls.isEmpty()) {
      in.noteFirstPolls(
          firstPolls.keySet().stream().mapToInt(keys::key).toArray(),
          firstPolls.values().stream().mapToLong(Long::longValue).toArray());
    }
    return Refusals.NONE;
  }

  /** Returns the time of the file if the database may have polls in it, else an empty span. */
  private Span overlap(PollTransaction in) {
    long earliest = PackedPoll.at(runs.earliest());
    long latest = PackedPoll.at(runs.latest());
    return earliest > latest ? new Span(0, 0) : in.overlap(new Span(earliest, latest + 1));
  }

  @Override
  public void close() {
    try {
      runs.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
