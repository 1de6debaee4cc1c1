package dev.storewatch.work;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The due times of a process that has its database alone: some time after its start at first. */
final class OwnDueTimes implements DueTimes {
  private static final Duration AFTER_START = Duration.ofMinutes(1);

  private final Clock clock;
  private final Instant start;
  private final Map<String, Instant> due = new ConcurrentHashMap<>();

  OwnDueTimes(Clock clock) {
    this.clock = clock;
    this.start = clock.instant();
  }

  @Override
  public boolean claim(Job job) {
    return !clock.instant().isBefore(due.getOrDefault(job.name(), start.plus(AFTER_START)));
  }

  @Override
  public void done(Job job) {
    due.put(job.name(), clock.instant().plus(job.every()));
  }
}
