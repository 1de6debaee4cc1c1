package dev.storewatch.uptime;

import dev.storewatch.hours.Closure;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Plan;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Micros;
import dev.storewatch.window.Window;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/**
 * A rule as data: a case of {@code scenarios.yaml} or {@code scenarios-dates.yaml}, which ask for
 * the last hour, day and week.
 */
public record Scenario(String name, Question question, List<Expected> expected) {
  /** What is expected of a window, in microseconds. */
  public record Expected(long up, long down, long unknown, long excluded) {}

  /** Returns all of them. */
  public static Stream<Scenario> all() {
    return Stream.of("/scenarios.yaml", "/scenarios-dates.yaml").flatMap(Scenario::all);
  }

  private static Stream<Scenario> all(String resource) {
    try (InputStream file = Scenario.class.getResourceAsStream(resource)) {
      List<Map<String, Object>> scenarios = new Yaml().load(Objects.requireNonNull(file));
      return scenarios.stream().map(Fields::new).map(Scenario::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Scenario read(Fields fields) {
    String name = fields.text("id") + " " + fields.text("name");
    Fields expected = fields.fields("expectSeconds");
    return new Scenario(
        name,
        question(fields),
        Stream.of("hour", "day", "week").map(w -> expected(expected.fields(w))).toList());
  }

  private static Question question(Fields fields) {
    long asOf = Micros.of(Instant.parse(fields.text("asOf")));
    Zone zone = Zone.of(fields.text("zone"));
    return new Question(
        zone,
        plan(fields),
        fields.all("polls").map(Scenario::poll).toList(),
        Rule.of(fields.text("rule"), Duration.ofHours(Long.parseLong(fields.text("carryHours")))),
        asOf,
        Window.spans(asOf, Window.STANDARD, Schedule.unknown()));
  }

  private static OpeningInterval interval(DayOfWeek day, Fields fields) {
    return OpeningInterval.of(
        day, LocalTime.parse(fields.text("opens")), LocalTime.parse(fields.text("closes")));
  }

  private static Plan plan(Fields fields) {
    NavigableMap<LocalDate, List<OpeningInterval>> later = new TreeMap<>();
    fields.all("laterHours").forEach(hours -> later.put(hours.date("validFrom"), intervals(hours)));
    SortedMap<LocalDate, List<OpeningInterval>> special = new TreeMap<>();
    fields
        .all("specialDays")
        .forEach(
            day -> {
              LocalDate date = day.date("date");
              special.put(
                  date, day.all("intervals").map(at -> interval(date.getDayOfWeek(), at)).toList());
            });
    return new Plan(
        fields.has("hours") ? intervals(fields) : null,
        later,
        special,
        fields.all("closures").map(Scenario::closure).toList());
  }

  private static Closure closure(Fields fields) {
    return new Closure.Local(
        LocalDateTime.parse(fields.text("fromLocal")),
        LocalDateTime.parse(fields.text("toLocal")),
        Closure.Repeat.ONCE,
        null,
        "planned");
  }

  private static List<OpeningInterval> intervals(Fields fields) {
    return fields
        .all("hours")
        .map(at -> interval(DayOfWeek.MONDAY.plus(Long.parseLong(at.text("day"))), at))
        .toList();
  }

  private static Poll poll(Fields fields) {
    return new Poll(Instant.parse(fields.text("at")), fields.text("status").equals("active"));
  }

  private static Expected expected(Fields fields) {
    return new Expected(
        fields.micros("up"),
        fields.micros("down"),
        fields.micros("unknown"),
        fields.has("excluded") ? fields.micros("excluded") : 0);
  }

  /** The fields of a YAML mapping. */
  private record Fields(Map<?, ?> values) {
    boolean has(String field) {
      return values.get(field) != null;
    }

    String text(String field) {
      return String.valueOf(values.get(field));
    }

    LocalDate date(String field) {
      return LocalDate.parse(text(field));
    }

    long micros(String field) {
      return Math.round(Double.parseDouble(text(field)) * Micros.SECOND);
    }

    Fields fields(String field) {
      return new Fields((Map<?, ?>) Objects.requireNonNull(values.get(field)));
    }

    Stream<Fields> all(String field) {
      List<?> list = (List<?>) Objects.requireNonNullElse(values.get(field), List.of());
      return list.stream().map(item -> new Fields((Map<?, ?>) Objects.requireNonNull(item)));
    }
  }
}
