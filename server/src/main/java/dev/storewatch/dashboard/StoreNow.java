package dev.storewatch.dashboard;

import dev.storewatch.calendar.StoreCalendar;
import dev.storewatch.cost.Costs;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Zone;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.outage.OutageBook;
import dev.storewatch.outage.OutageQuery;
import dev.storewatch.outage.OutageView;
import dev.storewatch.quality.Fault;
import dev.storewatch.quality.StoreFaults;
import dev.storewatch.store.OpenInterval;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.States;
import dev.storewatch.store.UnknownStore;
import dev.storewatch.timeline.Explainer;
import dev.storewatch.timeline.Explanation;
import dev.storewatch.timeline.ExplanationText;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.Segment;
import dev.storewatch.uptime.WindowTotals;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of one store, as its page shows it. */
final class StoreNow {
  private static final int DAYS = 14;
  private static final int MOST_STRETCHES = 500;
  private static final int MOST_OUTAGES = 100;
  private static final List<Asked> UPTIMES =
      List.of(
          new Asked("last hour", Micros.HOUR),
          new Asked("last 24 hours", Micros.DAY),
          new Asked("last 7 days", 7 * Micros.DAY),
          new Asked("last 30 days", 30 * Micros.DAY));

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss xxx", Locale.ENGLISH);
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm xxx", Locale.ENGLISH);
  private static final DateTimeFormatter OFFSET =
      DateTimeFormatter.ofPattern("xxx", Locale.ENGLISH);

  private final States states;
  private final Explainer explainer;
  private final OutageBook outages;
  private final Costs costs;
  private final LateClose lateClose;

  private record Asked(String name, long length) {}

  StoreNow(
      States states, Explainer explainer, OutageBook outages, Costs costs, LateClose lateClose) {
    this.states = states;
    this.explainer = explainer;
    this.outages = outages;
    this.costs = costs;
    this.lateClose = lateClose;
  }

  /**
   * Returns what somebody may see of a store.
   *
   * @param date the day whose stretches are shown, such as {@code 2026-11-24}; null for the latest
   * @param month the month whose opening days are shown, such as {@code 2026-11}; null for that of
   *     the day
   * @throws UnknownStore if there is no such store in the scope
   * @throws WrongInput if the date is none, or not over yet and not today; or the month is none
   */
  StorePageView look(Scope scope, String id, @Nullable String date, @Nullable String month) {
    States.Moment moment = states.at(scope, "latest");
    Registry registry = moment.registry();
    int key = scope.key(registry, id).orElseThrow(() -> new UnknownStore(id));
    return new Look(scope, id, key, moment).view(date, month);
  }

  /**
   * Returns what is said of a store, as a form.
   *
   * @throws UnknownStore if there is no such store in the scope
   */
  StoreForm form(Scope scope, String id) {
    Registry registry = states.at(scope, "latest").registry();
    int key = scope.key(registry, id).orElseThrow(() -> new UnknownStore(id));
    return StoreForm.of(registry.details(key));
  }

  private final class Look {
    private final Scope scope;
    private final String id;
    private final int key;
    private final States.Moment moment;
    private final Registry registry;
    private final Zone zone;
    private final long asOf;
    private final LocalDate today;

    Look(Scope scope, String id, int key, States.Moment moment) {
      this.scope = scope;
      this.id = id;
      this.key = key;
      this.moment = moment;
      this.registry = moment.registry();
      this.zone = registry.zoneInUse(key);
      this.asOf = moment.instant();
      this.today = clock(asOf).toLocalDate();
    }

    private OffsetDateTime clock(long instant) {
      return zone.wallClock(Micros.toInstant(instant));
    }

    private long midnight(LocalDate date) {
      return zone.resolve(date.atStartOfDay());
    }

    StorePageView view(@Nullable String date, @Nullable String month) {
      LocalDate shown = date == null ? today : read(date);
      LocalDate first = today.minusDays(DAYS - 1);
      Explanation lately = explain(new Span(midnight(first), asOf));
      List<StorePageView.Day> days =
          first
              .datesUntil(today.plusDays(1))
              .map(day -> day(day, lately, shown))
              .toList()
              .reversed();
      return new StorePageView(
          id,
          registry.name(key),
          Now.of(registry, key, asOf, moment.of(key).state()),
          MOMENT.format(clock(asOf)),
          clocks(),
          registry.tags(key),
          new StoreFaults(registry, scope).of(key).stream().map(Fault::detail).toList(),
          hours(),
          UPTIMES.stream().map(this::uptime).toList(),
          days,
          detail(shown),
          outages(),
          month(month == null ? YearMonth.from(shown) : readMonth(month), date),
          StoreForm.of(registry.details(key)));
    }

    private MonthView month(YearMonth month, @Nullable String date) {
      String link = Fleet.link(id);
      String sameDay = date == null ? "" : "&date=" + date;
      StoreCalendar calendar =
          StoreCalendar.of(
              registry,
              scope,
              id,
              month.atDay(1),
              month.atEndOfMonth(),
              lateClose,
              Micros.toInstant(asOf));
      return MonthView.of(
          month,
          calendar.days(),
          today,
          other -> "%s?month=%s%s#calendar".formatted(link, other, sameDay),
          day -> "%s?date=%s&month=%s#day".formatted(link, day, month));
    }

    private YearMonth readMonth(String text) {
      try {
        YearMonth month = YearMonth.parse(text);
        if (month.getYear() > 1900 && month.getYear() < 2200) {
          return month;
        }
      } catch (DateTimeException e) {
        // Told below.
      }
      throw new WrongInput(
          "month is '%s': use a year and a month, for example %s"
              .formatted(text, YearMonth.from(today)));
    }

    private LocalDate read(String text) {
      try {
        LocalDate date = LocalDate.parse(text);
        if (!date.isAfter(today) && date.getYear() > 1900) {
          return date;
        }
      } catch (DateTimeException e) {
        // Told below.
      }
      throw new WrongInput(
          "date is '%s': use a day up to that of the newest poll, for example %s"
              .formatted(text, today));
    }

    private Explanation explain(Span period) {
      return explainer.explain(scope, id, asOf, Rule.standard(), period, lateClose);
    }

    private String clocks() {
      OptionalLong change = zone.nextChange(asOf);
      String now =
          "%s%s, now UTC%s"
              .formatted(
                  zone.name(),
                  registry.zone(key) == null ? " (assumed)" : "",
                  OFFSET.format(clock(asOf)));
      return change.isEmpty()
          ? now
          : "%s; the clocks change next on %s"
              .formatted(now, MOMENT.format(clock(change.getAsLong())));
    }

    private List<String> hours() {
      if (!registry.hasHours(key)) {
        return List.of("open all the time (assumed: no business hours are known for this store)");
      }
      List<OpenInterval> all = registry.intervals(key).stream().map(OpenInterval::of).toList();
      List<String> lines = new ArrayList<>();
      for (DayOfWeek day : DayOfWeek.values()) {
        String open =
            all.stream()
                .filter(one -> one.day() == day.getValue() - 1)
                .map(one -> StoreForm.time(one.opens()) + "–" + StoreForm.time(one.closes()))
                .collect(Collectors.joining(", "));
        lines.add(
            "%s %s"
                .formatted(
                    day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH),
                    open.isEmpty() ? "closed" : open));
      }
      return lines;
    }

    private StorePageView.Uptime uptime(Asked asked) {
      WindowTotals totals = explain(new Span(asOf - asked.length, asOf)).totals();
      return new StorePageView.Uptime(
          asked.name,
          Percent.of(totals),
          Lengths.of(totals.up()),
          Lengths.of(totals.down()),
          Lengths.of(totals.unknown()),
          Lengths.of(totals.excluded()),
          costs.of(registry, key, totals).orElse(null));
    }

    private StorePageView.Day day(LocalDate date, Explanation lately, LocalDate shown) {
      Span whole = new Span(midnight(date), midnight(date.plusDays(1)));
      List<Segment> parts = clipped(lately.timeline().segments(), whole);
      return new StorePageView.Day(
          DATE.format(date),
          "%s?date=%s#day".formatted(Fleet.link(id), date),
          date.equals(shown),
          Percent.of(totals(parts)),
          Strip.of(whole, parts));
    }

    private StorePageView.Detail detail(LocalDate date) {
      Span whole = new Span(midnight(date), midnight(date.plusDays(1)));
      Explanation explanation = explain(new Span(whole.start(), Math.min(whole.end(), asOf)));
      List<Segment> segments = explanation.timeline().segments();
      return new StorePageView.Detail(
          DATE.format(date),
          Strip.of(whole, segments),
          marks(whole),
          ticks(explanation, whole),
          ExplanationText.of(explanation.rule()),
          segments.stream()
              .limit(MOST_STRETCHES)
              .map(segment -> stretch(explanation, segment, whole))
              .toList(),
          segments.size(),
          "/api/v1%s/timeline?window=%s".formatted(Fleet.link(id), date));
    }

    /** Returns where polls were; of those that would be drawn over each other, one. */
    private static List<StorePageView.Tick> ticks(Explanation explanation, Span whole) {
      return explanation.polls().stream()
          .map(poll -> new StorePageView.Tick(Strip.near(whole, poll.at()), poll.active()))
          .distinct()
          .toList();
    }

    /** Every third full hour of the clock; one that does not exist on a day has no place. */
    private List<StorePageView.Mark> marks(Span whole) {
      List<StorePageView.Mark> marks = new ArrayList<>();
      for (long at = whole.start(); at < whole.end(); at += Micros.HOUR) {
        OffsetDateTime clock = clock(at);
        if (clock.getMinute() == 0 && clock.getHour() % 3 == 0) {
          marks.add(new StorePageView.Mark(Strip.at(whole, at), HOUR.format(clock)));
        }
      }
      return marks;
    }

    private StorePageView.Stretch stretch(Explanation explanation, Segment segment, Span whole) {
      return new StorePageView.Stretch(
          Strip.at(whole, segment.span().start()),
          Strip.at(whole, segment.span().end()),
          TIME.format(clock(segment.span().start())),
          TIME.format(clock(segment.span().end())),
          Lengths.of(segment.span().length()),
          now(segment.state()),
          ExplanationText.because(explanation, segment));
    }

    private List<StorePageView.Outage> outages() {
      List<StorePageView.Outage> found = new ArrayList<>();
      Instant since = Micros.toInstant(asOf - 30 * Micros.DAY);
      outages.forEach(
          scope,
          OutageQuery.parse(null, id, List.of(), since.toString(), null),
          outage -> {
            found.add(outage(outage));
            return found.size() < MOST_OUTAGES;
          });
      return found;
    }

    private StorePageView.Outage outage(OutageView outage) {
      Instant to = outage.to();
      return new StorePageView.Outage(
          moment(outage.from()),
          between(outage.lastUp(), outage.firstDown()),
          to == null ? null : moment(to),
          to == null ? "" : between(outage.lastDown(), outage.nextUp()),
          Lengths.of(outage.openSeconds().movePointRight(6).longValue()));
    }

    private String moment(Instant instant) {
      return MOMENT.format(zone.wallClock(instant));
    }

    private String between(@Nullable Instant earliest, @Nullable Instant latest) {
      if (earliest == null) {
        return latest == null ? "" : "at the latest " + moment(latest);
      }
      return latest == null
          ? "at the earliest " + moment(earliest)
          : "between %s and %s".formatted(moment(earliest), moment(latest));
    }
  }

  private static Now now(Segment.State state) {
    return switch (state) {
      case UP -> Now.UP;
      case DOWN -> Now.DOWN;
      case UNKNOWN -> Now.UNKNOWN;
      case EXCLUDED -> Now.PLANNED;
      case CLOSED -> Now.CLOSED;
    };
  }

  private static List<Segment> clipped(List<Segment> segments, Span period) {
    return segments.stream()
        .filter(one -> one.span().start() < period.end() && one.span().end() > period.start())
        .map(
            one ->
                new Segment(
                    new Span(
                        Math.max(one.span().start(), period.start()),
                        Math.min(one.span().end(), period.end())),
                    one.state(),
                    one.certain(),
                    one.poll()))
        .toList();
  }

  /** Returns the sums of some segments; how many polls there were is not known. */
  private static WindowTotals totals(List<Segment> segments) {
    Map<Segment.State, Long> sums = new EnumMap<>(Segment.State.class);
    Map<Segment.State, Long> certain = new EnumMap<>(Segment.State.class);
    for (Segment segment : segments) {
      sums.merge(segment.state(), segment.span().length(), Long::sum);
      if (segment.certain()) {
        certain.merge(segment.state(), segment.span().length(), Long::sum);
      }
    }
    long up = sums.getOrDefault(Segment.State.UP, 0L);
    long down = sums.getOrDefault(Segment.State.DOWN, 0L);
    long unknown = sums.getOrDefault(Segment.State.UNKNOWN, 0L);
    long planned = sums.getOrDefault(Segment.State.EXCLUDED, 0L);
    return new WindowTotals(
        up + down + unknown + planned,
        up,
        down,
        unknown,
        planned,
        certain.getOrDefault(Segment.State.UP, 0L),
        certain.getOrDefault(Segment.State.DOWN, 0L),
        0);
  }
}
