package dev.storewatch.history;

import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Schedule;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.store.UnknownStore;
import dev.storewatch.window.Dates;
import dev.storewatch.window.Window;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The history of single stores, for those who ask. */
public final class StoreHistories {
  private final History history;
  private final Stores stores;
  private final Polls polls;
  private final LateClose lateClose;
  private final Clock clock;

  /**
   * The history of the stores of a database.
   *
   * @param lateClose how a closing time of 23:59 is read unless somebody says otherwise
   */
  public StoreHistories(
      History history, Stores stores, Polls polls, LateClose lateClose, Clock clock) {
    this.history = history;
    this.stores = stores;
    this.polls = polls;
    this.lateClose = lateClose;
    this.clock = clock;
  }

  /** What a period is. */
  public enum By {
    /** A business day. */
    DAY(89),
    /** A week from Monday on. */
    WEEK(7 * 25),
    /** A month of the calendar. */
    MONTH(334);

    /** How many days before today a history begins if nothing is said. */
    private final int daysBack;

    By(int daysBack) {
      this.daysBack = daysBack;
    }

    /** Returns the word for it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static By of(String word) {
      return Arrays.stream(values())
          .filter(by -> by.word().equals(word.strip().toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(() -> new WrongInput("by is '%s': use day, week or month".formatted(word)));
    }

    /** Returns the first date of the period of a date. */
    private LocalDate start(LocalDate date) {
      return switch (this) {
        case DAY -> date;
        case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        case MONTH -> date.withDayOfMonth(1);
      };
    }

    private LocalDate next(LocalDate start) {
      return switch (this) {
        case DAY -> start.plusDays(1);
        case WEEK -> start.plusWeeks(1);
        case MONTH -> start.plusMonths(1);
      };
    }

    /**
     * Returns the periods of some dates; the first and the last may be parts of weeks or months.
     */
    List<Dates> parts(Dates all) {
      List<Dates> parts = new ArrayList<>();
      for (LocalDate first = all.first(); !first.isAfter(all.last()); ) {
        LocalDate next = next(start(first));
        LocalDate last = next.minusDays(1);
        parts.add(new Dates(first, last.isAfter(all.last()) ? all.last() : last));
        first = next;
      }
      return parts;
    }
  }

  /**
   * What somebody asks for, as texts.
   *
   * @param from the first date; null, as the last, for the 90 days, 26 weeks or 12 months up to
   *     today
   * @param to the last date; null for today
   * @param by day, week or month
   */
  public record Asked(
      String store, @Nullable String from, @Nullable String to, String by, AskedTerms terms) {}

  /**
   * Returns the history of a store.
   *
   * @throws UnknownStore if there is no store of the id in the scope
   * @throws WrongInput if something is wrong with what is asked
   */
  public HistoryView of(Scope scope, Asked asked) {
    By by = By.of(asked.by);
    History.Terms terms =
        asked.terms.read(scope, polls, stores, lateClose, Micros.of(clock.instant()));
    return history.inSnapshot(
        (registry, reading) -> {
          int key =
              scope.key(registry, asked.store).orElseThrow(() -> new UnknownStore(asked.store));
          Schedule schedule = registry.schedule(key, terms.lateClose());
          LocalDate today = schedule.zone().wallClock(Micros.toInstant(terms.asOf())).toLocalDate();
          Dates dates = dates(asked.from, asked.to, by, today);
          dates.requireKnown(terms.asOf());
          return HistoryView.of(
              registry.id(key),
              registry.name(key),
              schedule,
              terms,
              by.word(),
              reading.of(new int[] {key}, by.parts(dates), terms));
        });
  }

  /** Returns the dates that somebody asks for, up to today unless they say otherwise. */
  static Dates dates(@Nullable String from, @Nullable String to, By by, LocalDate today) {
    if (from == null && to != null) {
      throw new WrongInput("to needs from: name both dates, for example from=2026-03-01");
    }
    // The present week or month is a whole one, which is not over.
    LocalDate end = by.next(by.start(today)).minusDays(1);
    return from == null
        ? new Dates(by.start(today.minusDays(by.daysBack)), end)
        : between(from, to == null ? end.toString() : to);
  }

  /** Returns the dates between two, which are given as texts. */
  static Dates between(@Nullable String from, @Nullable String to) {
    return Window.between(from, to) instanceof Dates dates ? dates : throwInstants(from, to);
  }

  private static Dates throwInstants(@Nullable String from, @Nullable String to) {
    throw new WrongInput(
        "%s and %s are instants: a history is of whole days, so use dates, for example from=2026-03-01 and to=2026-03-31"
            .formatted(from, to));
  }
}
