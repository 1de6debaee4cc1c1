package dev.storewatch.direct;

import dev.storewatch.interval.Span;
import dev.storewatch.poll.GroupedPolls;
import dev.storewatch.poll.PollScan;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.PackedPoll;
import java.util.Arrays;
import java.util.OptionalLong;

/** The distinct polls of some files, by store and in the order of time. */
abstract class FilePolls implements PollScan {
  /** No poll is before it. */
  private static final long BEGINNING = 0;

  /** For each key, the instant of the first poll. */
  private final long[] firsts;

  private final long size;

  /**
   * Polls of files.
   *
   * @param firsts for each key the instant of the first poll, {@link Stores#NEVER} without any
   * @param size how many there are
   */
  FilePolls(long[] firsts, long size) {
    this.firsts = firsts;
    this.size = size;
  }

  /** Returns the largest key of a store that may have polls. */
  final int keys() {
    return firsts.length - 1;
  }

  /** Returns the keys of the stores that have polls. */
  final int[] polled() {
    int[] polled = new int[firsts.length];
    int count = 0;
    for (int key = 1; key < firsts.length; key++) {
      if (firsts[key] != Stores.NEVER) {
        polled[count++] = key;
      }
    }
    return Arrays.copyOf(polled, count);
  }

  /** Returns the instants of the first polls of stores that have some. */
  final long[] firsts(int[] keys) {
    return Arrays.stream(keys).mapToLong(key -> firsts[key]).toArray();
  }

  /** Returns how many polls of a range of stores are looked at together. */
  abstract int atATime();

  @Override
  public final OptionalLong newest(long notAfter) {
    if (notAfter < BEGINNING) {
      return OptionalLong.empty();
    }
    Span until = new Span(BEGINNING, notAfter + 1);
    long newest = Long.MIN_VALUE;
    GroupedPolls grouped = new GroupedPolls();
    int step = (int) Math.max(1, Math.min(keys(), (long) keys() * atATime() / Math.max(1, size)));
    for (int first = 1; first <= keys(); first += step) {
      int last = Math.min(keys(), first + step - 1);
      grouped.load(this, until, first, last);
      for (int key = first; key <= last; key++) {
        if (grouped.from(key) < grouped.to(key)) {
          newest = Math.max(newest, PackedPoll.at(grouped.array()[grouped.to(key) - 1]));
        }
      }
    }
    return newest == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(newest);
  }

  @Override
  public final long countRoughly(Span period) {
    return size;
  }

  @Override
  public final void scan(Span period, int firstKey, int lastKey, Polls.Receiver receiver) {
    GroupedPolls grouped = new GroupedPolls();
    grouped.load(this, period, firstKey, lastKey);
    for (int key = firstKey; key <= lastKey; key++) {
      for (int i = grouped.from(key); i < grouped.to(key); i++) {
        receiver.take(key, grouped.array()[i]);
      }
    }
  }

  /** Polls in memory. */
  static final class InMemory extends FilePolls {
    private final long[] polls;
    private final int[] starts;
    private final int[] ends;

    private InMemory(long[] polls, int[] starts, int[] ends, long[] firsts) {
      super(firsts, polls.length);
      this.polls = polls;
      this.starts = starts;
      this.ends = ends;
    }

    /** The polls of all files, which are distinct. */
    static InMemory of(SortedPolls sorted) {
      long[] firsts = new long[sorted.keys() + 1];
      for (int key = 0; key <= sorted.keys(); key++) {
        int from = sorted.starts()[key];
        firsts[key] =
            from < sorted.ends()[key] ? PackedPoll.at(sorted.polls()[from]) : Stores.NEVER;
      }
      return new InMemory(sorted.polls(), sorted.starts(), sorted.ends(), firsts);
    }

    @Override
    public boolean show(Span period, int firstKey, int lastKey, GroupedPolls into) {
      int[] from = new int[lastKey - firstKey + 1];
      int[] to = new int[lastKey - firstKey + 1];
      for (int key = firstKey; key <= Math.min(lastKey, keys()); key++) {
        int place = key - firstKey;
        from[place] = PackedPoll.firstFrom(period.start(), polls, starts[key], ends[key]);
        to[place] = PackedPoll.firstFrom(period.end(), polls, from[place], ends[key]);
      }
      into.take(firstKey, polls, from, to);
      return true;
    }

    @Override
    int atATime() {
      return Integer.MAX_VALUE;
    }

    @Override
    public int scanSize() {
      return Integer.MAX_VALUE; // a range for each thread: nothing is read, and nothing copied
    }
  }
}
