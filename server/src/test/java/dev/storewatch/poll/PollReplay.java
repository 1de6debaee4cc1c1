package dev.storewatch.poll;

import dev.storewatch.interval.Micros;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** What imports of polls should come to: takes each row in the order of the files, one by one. */
public final class PollReplay {
  private final SortedMap<String, SortedMap<Long, Boolean>> polls = new TreeMap<>();
  private long read;
  private long added;
  private long repeated;
  private long replaced;
  private long rejected;

  /** Takes a row, and returns its line. */
  public String row(String store, Instant at, boolean active) {
    read++;
    Boolean known =
        polls.computeIfAbsent(store, unknown -> new TreeMap<>()).put(Micros.of(at), active);
    if (known == null) {
      added++;
    } else if (known == active) {
      repeated++;
    } else {
      replaced++;
    }
    return store + "," + (active ? "active" : "inactive") + "," + at + "\n";
  }

  /** Takes a row that is wrong, and returns its line. */
  public String wrongRow() {
    read++;
    rejected++;
    return "nowhere,asleep,yesterday\n";
  }

  /** Returns the counts since the last call. */
  public RowCounts takeCounts() {
    RowCounts counts = new RowCounts(read, added, repeated, replaced, rejected);
    read = 0;
    added = 0;
    repeated = 0;
    replaced = 0;
    rejected = 0;
    return counts;
  }

  public SortedMap<String, SortedMap<Long, Boolean>> polls() {
    return polls;
  }
}
