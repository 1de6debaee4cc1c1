package dev.storewatch.uptime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Seeds;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Asks thousands of random questions and compares the answers with the {@link Oracle}'s.
 *
 * <p>A failure says which seed makes its question the first.
 */
class RandomUptimeTest {
  private static final int QUESTIONS =
      Integer.getInteger("storewatch.questions", Seeds.Rounds.of(300));

  @ParameterizedTest
  @Seeds
  void everyTotalIsWhatTheDefinitionSays(long seed) {
    forEachQuestion(
        seed,
        question -> {
          Oracle oracle = new Oracle(question);
          List<WindowTotals> expected = question.windows().stream().map(oracle::totals).toList();
          assertThat(question.measure()).isEqualTo(expected);
        });
  }

  @ParameterizedTest
  @Seeds
  void givesTheSameForPollsThatComeOneAfterTheOther(long seed) {
    forEachQuestion(
        seed, question -> assertThat(question.measureStepByStep()).isEqualTo(question.measure()));
  }

  @ParameterizedTest
  @Seeds
  void everyTimelineIsWhatTheDefinitionSays(long seed) {
    forEachQuestion(
        seed,
        question -> {
          if (question.rule() instanceof Rule.Ratio) {
            return;
          }
          Oracle oracle = new Oracle(question);
          for (Span period : question.windows()) {
            Timeline timeline = question.timeline(period);
            assertThat(timeline.segments()).isEqualTo(joined(oracle.piecesOf(period)));
            assertThat(timeline.outages()).isEqualTo(oracle.outages(period));
          }
        });
  }

  @ParameterizedTest
  @Seeds
  void everyWindowIsDividedWithoutRest(long seed) {
    forEachQuestion(
        seed,
        question -> {
          for (WindowTotals totals : question.measure()) {
            assertThat(totals.up() + totals.down() + totals.unknown() + totals.excluded())
                .isEqualTo(totals.scheduled());
            assertThat(totals.surelyUp() + totals.surelyDown() + totals.excluded())
                .isLessThanOrEqualTo(totals.scheduled());
            if (!(question.rule() instanceof Rule.Ratio)) {
              assertThat(totals.up()).isBetween(totals.upAtLeast(), totals.upAtMost());
            }
          }
        });
  }

  @ParameterizedTest
  @Seeds
  void thePartsOfAWindowSumToIt(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    forEachQuestion(
        seed,
        question -> {
          if (question.rule() instanceof Rule.Ratio) {
            return;
          }
          List<WindowTotals> wholes = question.measure();
          for (int i = 0; i < wholes.size(); i++) {
            List<Span> parts = parts(question.windows().get(i), random);
            WindowTotals sum =
                question.with(parts).measure().stream()
                    .reduce(WindowTotals.ZERO, WindowTotals::plus);
            assertThat(sum).as("parts %s", parts).isEqualTo(wholes.get(i));
          }
        });
  }

  private static List<Span> parts(Span window, SplittableRandom random) {
    long[] cuts =
        LongStream.concat(
                LongStream.of(window.start(), window.end()),
                LongStream.generate(() -> random.nextLong(window.start(), window.end() + 1))
                    .limit(random.nextInt(6)))
            .sorted()
            .toArray();
    return IntStream.range(1, cuts.length).mapToObj(i -> new Span(cuts[i - 1], cuts[i])).toList();
  }

  @ParameterizedTest
  @Seeds
  void theOrderOfThePollsDoesNotMatter(long seed) {
    Random random = new Random(seed);
    forEachQuestion(
        seed,
        question -> {
          List<Poll> distinct = lastAtEachInstant(question.polls());
          List<WindowTotals> expected = question.withPolls(distinct).measure();
          Collections.shuffle(distinct, random);
          assertThat(question.withPolls(distinct).measure()).isEqualTo(expected);
          assertThat(question.measure()).isEqualTo(expected);
        });
  }

  private static List<Poll> lastAtEachInstant(List<Poll> polls) {
    Map<Instant, Poll> byInstant = new LinkedHashMap<>();
    polls.forEach(poll -> byInstant.put(poll.at(), poll));
    return new ArrayList<>(byInstant.values());
  }

  @ParameterizedTest
  @Seeds
  void pollsOutsideTheHorizonDoNotMatter(long seed) {
    forEachQuestion(
        seed,
        question -> {
          Span horizon = question.engine().horizon();
          List<Poll> inside =
              question.polls().stream()
                  .filter(poll -> horizon.contains(Micros.of(poll.at())))
                  .toList();
          assertThat(question.withPolls(inside).measure()).isEqualTo(question.measure());
        });
  }

  @ParameterizedTest
  @Seeds
  void anEngineForgetsTheStoreBefore(long seed) {
    forEachQuestion(
        seed,
        question -> {
          UptimeEngine engine = question.engine();
          SpanSet everything = SpanSet.of(engine.horizon());
          long poll = PackedPoll.of(question.asOf(), false);
          engine.measure(everything, everything, PollSeries.ofPacked(poll));
          assertThat(question.measureWith(engine)).isEqualTo(question.measure());
        });
  }

  private static void forEachQuestion(long seed, Consumer<Question> check) {
    for (long own = seed; own < seed + QUESTIONS; own++) {
      Question question = RandomQuestion.of(own);
      try {
        check.accept(question);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("run again with -Dtest.seed=" + own + ": " + question, e);
      }
    }
  }

  /** Joins neighbouring pieces of one state for which one poll speaks. */
  private static List<Segment> joined(List<Segment> pieces) {
    List<Segment> joined = new ArrayList<>();
    for (Segment piece : pieces) {
      Segment last = joined.isEmpty() ? piece : joined.removeLast();
      Segment longer = over(new Span(last.span().start(), piece.span().end()), last);
      if (over(longer.span(), piece).equals(longer)) {
        joined.add(longer);
      } else {
        joined.addAll(List.of(last, piece));
      }
    }
    return joined;
  }

  private static Segment over(Span span, Segment segment) {
    return new Segment(span, segment.state(), segment.certain(), segment.poll());
  }
}
