package dev.storewatch.uptime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Seeds;
import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.Schedule;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Outages that are found again after a change, put behind those of before it, are those that are
 * found from scratch.
 */
class OutagesSinceTest {
  private static final int ROUNDS = 2_000;

  @ParameterizedTest
  @Seeds
  void areThoseThatAreFoundFromScratch(long seed) {
    Random random = new Random(seed);
    int answered = 0;
    for (int i = 0; i < Seeds.Rounds.of(ROUNDS); i++) {
      Question question = RandomQuestion.of(random.nextLong());
      if (!(question.rule() instanceof Rule.Ratio) && !question.polls().isEmpty()) {
        answered += answers(random, question, "question %d".formatted(i)) ? 1 : 0;
      }
    }
    assertThat(answered).isGreaterThan(ROUNDS / 10);
  }

  /** Changes some polls, and returns whether the period was long enough to tell all outages. */
  private static boolean answers(Random random, Question before, String name) {
    List<Poll> polls = new ArrayList<>(before.polls());
    long changed = Long.MAX_VALUE;
    for (int i = random.nextInt(4); i >= 0 && !polls.isEmpty(); i--) {
      Poll poll = polls.get(random.nextInt(polls.size()));
      long at =
          switch (random.nextInt(3)) {
            case 0 -> remove(polls, poll);
            case 1 -> add(polls, poll.at(), !poll.active());
            default ->
                add(
                    polls,
                    poll.at().plus(random.nextLong(-2 * Micros.DAY, Micros.DAY), ChronoUnit.MICROS),
                    random.nextBoolean());
          };
      changed = Math.min(changed, at);
    }
    Question after = before.withPolls(polls);
    if (changed > after.asOf() || polls.isEmpty()) {
      return false;
    }
    long from =
        Math.subtractExact(
            changed, 2 * after.rule().carryMicros() + random.nextLong(Micros.HOUR, 9 * Micros.DAY));
    OutagesSince since = find(after, from, changed);
    if (!since.isComplete()) {
      return false;
    }
    long first = since.since().orElseThrow();
    List<Outage> joined = new ArrayList<>();
    all(before).stream().filter(outage -> outage.span().start() < first).forEach(joined::add);
    since.outages().forEach(found -> joined.add(unclipped(found.outage())));
    assertThat(joined).as(name).isEqualTo(all(after));
    assertThat(since.outages())
        .allMatch(found -> (found.endedBy() == null) == found.outage().clippedEnd());
    return true;
  }

  private static long remove(List<Poll> polls, Poll poll) {
    polls.removeIf(other -> other.at().equals(poll.at()));
    return Micros.of(poll.at());
  }

  private static long add(List<Poll> polls, Instant at, boolean active) {
    polls.add(new Poll(at, active));
    return Micros.of(at);
  }

  private static OutagesSince find(Question question, long from, long changed) {
    Span period = new Span(Math.min(from, question.asOf()), question.asOf());
    Span horizon = Timeline.horizon(question.rule(), question.asOf(), period);
    Clocks clocks = new Clocks(horizon);
    Schedule schedule = question.plan().schedule(question.zone());
    PollSeries known =
        PollSeries.of(
            question.polls().stream()
                .filter(poll -> horizon.contains(Micros.of(poll.at())))
                .toList());
    return OutagesSince.of(
        question.rule(),
        question.asOf(),
        period.start(),
        changed,
        schedule.open(clocks),
        schedule.closed(clocks),
        known,
        question.polls().stream().anyMatch(poll -> Micros.of(poll.at()) < horizon.start()));
  }

  /** Returns all outages of a store; before its first poll all is unknown. */
  private static List<Outage> all(Question question) {
    OptionalLong first = question.polls().stream().mapToLong(poll -> Micros.of(poll.at())).min();
    if (first.isEmpty() || first.getAsLong() > question.asOf()) {
      return List.of();
    }
    long from = first.getAsLong() - question.rule().carryMicros() - 8 * Micros.DAY;
    return question.timeline(new Span(from, question.asOf())).outages().stream()
        .map(OutagesSinceTest::unclipped)
        .toList();
  }

  /** The question is whether it may have begun before the period, where there are no polls. */
  private static Outage unclipped(Outage outage) {
    return new Outage(
        outage.span(),
        outage.openMicros(),
        false,
        outage.clippedEnd(),
        outage.lastUp(),
        outage.firstDown(),
        outage.lastDown(),
        outage.nextUp());
  }
}
