package dev.storewatch.report;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.notice.Finding;
import dev.storewatch.poll.PollScan;
import dev.storewatch.uptime.PackedPoll;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The newest poll of each store of a report that is not after its as-of instant, by which is told
 * whether that instant is right for most of them.
 */
final class NewestPolls {
  private static final long NONE = Long.MIN_VALUE;

  /** How far the newest polls of stores that are polled at one time lie apart. */
  private static final long NEAR = Micros.of(Duration.ofHours(1));

  /** For each row of the report. */
  private final long[] newest;

  NewestPolls(int rows) {
    newest = new long[rows];
    Arrays.fill(newest, NONE);
  }

  /**
   * Notes the newest poll of a row; several threads may call it, each for other rows.
   *
   * @param at microseconds since the epoch
   */
  void note(int row, long at) {
    newest[row] = at;
  }

  /**
   * Returns what is to be told if the as-of instant is later than the newest poll of more than half
   * of the stores by more than the carry limit.
   */
  Optional<Finding> lateAsOf(ReportSpec spec, ReportTable table, PollScan polls) {
    long asOf = spec.asOf();
    long carry = spec.rule().carryMicros();
    int behind = (int) Arrays.stream(newest).filter(at -> at < asOf - carry).count();
    if (2L * behind <= newest.length) {
      return Optional.empty();
    }
    findMost(table, polls, asOf - carry, carry);
    OptionalLong right = rightForMost(carry);
    return right.isEmpty()
        ? Optional.empty()
        : Optional.of(finding(spec, table, behind, right.getAsLong()));
  }

  private Finding finding(ReportSpec spec, ReportTable table, int behind, long right) {
    long carry = spec.rule().carryMicros();
    List<String> ahead = ids(table, row -> newest[row] > right);
    return Finding.of(
        new Finding.LateAsOf(spec.asOf(), carry, newest.length, right, ahead),
        behind,
        ids(table, row -> newest[row] < spec.asOf() - carry));
  }

  private List<String> ids(ReportTable table, IntPredicate wanted) {
    return IntStream.range(0, newest.length)
        .filter(wanted)
        .limit(Finding.MOST_EXAMPLES)
        .mapToObj(table::storeId)
        .toList();
  }

  /**
   * Looks for the newest polls that lie before what the report has read, until those of more than
   * half of the stores are known. It goes back from one poll to the one before it, farther each
   * time, so a gap of years costs as little as one of a day.
   *
   * @param before an instant before which the newest polls that are not known lie
   */
  private void findMost(ReportTable table, PollScan polls, long before, long carry) {
    Map<Integer, Integer> missing = new HashMap<>();
    for (int row = 0; row < newest.length; row++) {
      if (newest[row] == NONE) {
        missing.put(table.store(row), row);
      }
    }
    long end = before;
    long length = Math.max(carry, NEAR);
    while (2L * missing.size() >= newest.length) {
      OptionalLong last = polls.newest(end - 1);
      if (last.isEmpty()) {
        return;
      }
      Span period = new Span(last.getAsLong() + 1 - length, last.getAsLong() + 1);
      find(missing, polls, period);
      missing.values().removeIf(row -> newest[row] != NONE);
      end = period.start();
      length *= 2;
    }
  }

  private void find(Map<Integer, Integer> missing, PollScan polls, Span period) {
    int first = missing.keySet().stream().mapToInt(Integer::intValue).min().orElseThrow();
    int last = missing.keySet().stream().mapToInt(Integer::intValue).max().orElseThrow();
    polls.scan(
        period,
        first,
        last,
        (store, poll) -> {
          Integer row = missing.get(store);
          if (row != null) {
            newest[row] = Math.max(newest[row], PackedPoll.at(poll));
          }
        });
  }

  /**
   * Returns the newest poll of the bulk of the stores: at least half have a newest poll not more
   * than the carry limit before it. From the store in the middle on, it is the last poll that
   * follows the one before within an hour; a clock that is a day fast leaves a gap. Stores whose
   * polls are all deleted are passed by; empty if there is no other.
   */
  private OptionalLong rightForMost(long carry) {
    long[] sorted = newest.clone();
    Arrays.sort(sorted);
    int at = sorted.length / 2;
    while (at < sorted.length && sorted[at] == NONE) {
      at++;
    }
    if (at == sorted.length) {
      return OptionalLong.empty();
    }
    long middle = sorted[at];
    while (at + 1 < sorted.length
        && sorted[at + 1] - sorted[at] <= NEAR
        && sorted[at + 1] - middle <= carry) {
      at++;
    }
    return OptionalLong.of(sorted[at]);
  }
}
