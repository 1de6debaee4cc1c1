package dev.storewatch.uptime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Seeds;
import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.WallClock;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.window.Dates;
import dev.storewatch.window.Window;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;

/** Asks random questions about business days, of stores with any hours on any clocks. */
class BusinessDaysTest {
  private static final int QUESTIONS = 500;

  /** A question, and a week of business days that is over at its as-of instant. */
  private record Week(Question question, Schedule schedule, LocalDate first) {
    static Week of(Question question) {
      LocalDate date = question.zone().wallClock(Micros.toInstant(question.asOf())).toLocalDate();
      return new Week(question, question.plan().schedule(question.zone()), date.minusDays(9));
    }

    List<LocalDate> dates() {
      return IntStream.range(0, 7).mapToObj(first::plusDays).toList();
    }

    Span day(LocalDate date) {
      return Dates.day(date).whole(question.asOf(), schedule);
    }

    Window whole() {
      return new Dates(first, first.plusDays(6));
    }
  }

  private static void forEachWeek(long seed, Consumer<Week> test) {
    SplittableRandom seeds = new SplittableRandom(seed);
    for (int i = 0; i < QUESTIONS; i++) {
      test.accept(Week.of(RandomQuestion.of(i == 0 ? seed : seeds.nextLong())));
    }
  }

  @ParameterizedTest
  @Seeds
  void beginWhenTheNightBeforeHasEndedForGood(long seed) {
    forEachWeek(
        seed,
        week -> {
          WallClock clock = week.question.wallClock();
          for (LocalDate date : week.dates()) {
            assertThat(week.day(date))
                .as("%s of %s", date, week)
                .isEqualTo(new Span(clock.dayStart(date), clock.dayStart(date.plusDays(1))));
          }
        });
  }

  @ParameterizedTest
  @Seeds
  void haveTheTimeThatBeganOnThem(long seed) {
    forEachWeek(
        seed,
        week -> {
          WallClock clock = week.question.wallClock();
          for (LocalDate date : week.dates()) {
            Span day = week.day(date);
            for (long instant : clock.edges(day.start(), day.end()).headSet(day.end())) {
              // Where the clocks go back over the end of a night, the other test says what holds.
              LocalDate began = clock.changesNear(instant) ? null : clock.began(instant);
              if (began != null) {
                assertThat(began).as("%s of %s", Micros.toInstant(instant), week).isEqualTo(date);
              }
            }
          }
        });
  }

  @ParameterizedTest
  @Seeds
  void sumToTheirWeek(long seed) {
    forEachWeek(
        seed,
        week -> {
          Question question = week.question;
          if (question.rule() instanceof Rule.Ratio) {
            return;
          }
          List<Span> spans = new ArrayList<>(week.dates().stream().map(week::day).toList());
          spans.add(week.whole().span(question.asOf(), week.schedule));
          UptimeEngine engine = new UptimeEngine(question.rule(), question.asOf(), spans);
          Clocks clocks = new Clocks(engine.horizon());
          List<WindowTotals> totals =
              engine.measure(
                  week.schedule.open(clocks),
                  week.schedule.closed(clocks),
                  PollSeries.of(question.polls()));
          assertThat(totals.subList(0, 7).stream().reduce(WindowTotals.ZERO, WindowTotals::plus))
              .as("%s", week)
              .isEqualTo(totals.getLast());
        });
  }
}
