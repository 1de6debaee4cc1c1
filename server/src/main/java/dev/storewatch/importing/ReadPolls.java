package dev.storewatch.importing;

import dev.storewatch.interval.Span;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.PackedPoll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The polls of a file. */
final class ReadPolls implements ReadRows {
  private final Polls polls;
  private final PollRuns runs;
  private final int few;

  ReadPolls(Polls polls, Path temporary, int pollsInMemory) {
    this.polls = polls;
    this.runs = new PollRuns(temporary, pollsInMemory);
    this.few = pollsInMemory / 100;
  }

  @Override
  public void poll(int store, long at, boolean active) {
    runs.add(store, PackedPoll.of(at, active));
  }

  @Override
  public void write(Stores stores, Registry registry, StoreKeys keys, ImportCounts.Tally tally) {
    FirstPolls firstPolls = new FirstPolls(registry);
    PollMerge merge = new PollMerge(polls, keys, store -> tally, firstPolls, overlap(), few);
    runs.forEachRange(merge::merge);
    boolean _ = firstPolls.writeTo(stores);
  }

  /** Returns the time of the file if the database may have polls in it, else an empty span. */
  private Span overlap() {
    long earliest = PackedPoll.at(runs.earliest());
    long latest = PackedPoll.at(runs.latest());
    if (earliest > latest) {
      return new Span(0, 0);
    }
    Span period = new Span(earliest, latest + 1);
    return polls.countRoughly(period) > 0 ? period : new Span(earliest, earliest);
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
