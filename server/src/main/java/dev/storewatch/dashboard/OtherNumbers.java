package dev.storewatch.dashboard;

import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.States;
import dev.storewatch.store.UnknownStore;
import dev.storewatch.timeline.Explainer;
import dev.storewatch.uptime.PackedPoll;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.WindowTotals;
import java.util.List;
import java.util.Locale;

/** The uptime of a store in the last seven days as others would count it, from the same polls. */
final class OtherNumbers {
  private static final long WEEK = 7 * Micros.DAY;

  private final States states;
  private final Explainer explainer;
  private final Polls polls;
  private final LateClose lateClose;

  OtherNumbers(States states, Explainer explainer, Polls polls, LateClose lateClose) {
    this.states = states;
    this.explainer = explainer;
    this.polls = polls;
    this.lateClose = lateClose;
  }

  /**
   * Returns them side by side.
   *
   * @throws UnknownStore if there is no such store in the scope
   */
  OtherNumbersView look(Scope scope, String id) {
    States.Moment moment = states.at(scope, "latest");
    Registry registry = moment.registry();
    int key = scope.key(registry, id).orElseThrow(() -> new UnknownStore(id));
    Span week = new Span(moment.instant() - WEEK, moment.instant());
    Count count = new Count(week);
    polls.scan(new Span(week.start(), week.end() + 1), key, key, (_, poll) -> count.add(poll));
    count.end();
    return new OtherNumbersView(
        id,
        Fleet.link(id),
        Fleet.wallClock(registry.zoneInUse(key), Micros.toInstant(week.start())),
        Fleet.wallClock(registry.zoneInUse(key), Micros.toInstant(week.end())),
        List.of(
            byRule(scope, id, week, new Rule.Nearest(Rule.DEFAULT_CARRY), NEAREST),
            byRule(scope, id, week, new Rule.Previous(Rule.DEFAULT_CARRY), PREVIOUS),
            byRule(scope, id, week, new Rule.Ratio(Rule.DEFAULT_CARRY), RATIO),
            count.byPolls(),
            count.byTime()));
  }

  private static final String[] NEAREST = {
    "Storewatch: the nearest poll",
    "Each instant of the business hours has the status of the poll nearest to it, at most 24 hours"
        + " away; the rest is unknown, and counts neither way."
  };

  private static final String[] PREVIOUS = {
    "The last poll before",
    "Each instant of the business hours has the status of the last poll before it: a store that"
        + " comes back is taken to be down until it is polled again."
  };

  private static final String[] RATIO = {
    "The share of polls, in business hours",
    "The open time is split as the polls in it are: ten polls that come in one minute weigh as"
        + " much as ten hours."
  };

  private OtherNumbersView.Line byRule(
      Scope scope, String id, Span week, Rule rule, String[] words) {
    WindowTotals totals = explainer.explain(scope, id, week.end(), rule, week, lateClose).totals();
    Percent percent = Percent.of(totals);
    return new OtherNumbersView.Line(
        words[0],
        percent.text(),
        percent.bounds(),
        Lengths.of(totals.up()),
        Lengths.of(totals.down()),
        words[1]);
  }

  /** Polls as monitors count them that know of no business hours. */
  private static final class Count {
    private final Span period;
    private long active;
    private long all;
    private long up;
    private long known;
    private long last = Long.MIN_VALUE;
    private boolean wasActive;

    Count(Span period) {
      this.period = period;
    }

    void add(long poll) {
      all++;
      active += PackedPoll.isActive(poll) ? 1 : 0;
      until(PackedPoll.at(poll));
      last = PackedPoll.at(poll);
      wasActive = PackedPoll.isActive(poll);
    }

    private void until(long instant) {
      if (last != Long.MIN_VALUE) {
        known += instant - last;
        up += wasActive ? instant - last : 0;
      }
    }

    void end() {
      until(period.end());
    }

    OtherNumbersView.Line byPolls() {
      return new OtherNumbersView.Line(
          "The share of polls, at all hours",
          percent(active, all),
          "",
          active == 1 ? "1 poll" : active + " polls",
          all - active == 1 ? "1 poll" : all - active + " polls",
          "What a monitor prints that counts checks: polls at night count as much as those at"
              + " noon, and time without polls does not exist.");
    }

    OtherNumbersView.Line byTime() {
      return new OtherNumbersView.Line(
          "The time between polls, at all hours",
          percent(up, known),
          "",
          Lengths.of(up),
          Lengths.of(known - up),
          "What a monitor prints that knows of no business hours: a status holds until the next"
              + " poll, however long that is, and a store that is closed at night is down.");
    }

    private static String percent(long part, long whole) {
      return whole == 0 ? "–" : String.format(Locale.ROOT, "%.2f %%", 100.0 * part / whole);
    }
  }
}
