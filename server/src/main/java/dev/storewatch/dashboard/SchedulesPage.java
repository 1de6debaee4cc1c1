package dev.storewatch.dashboard;

import dev.storewatch.access.CallerToken;
import dev.storewatch.access.Role;
import dev.storewatch.alert.ChannelBook;
import dev.storewatch.alert.ChannelView;
import dev.storewatch.hours.Zone;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.http.Caller;
import dev.storewatch.http.Problem;
import dev.storewatch.input.WrongInput;
import dev.storewatch.schedule.ScheduleBody;
import dev.storewatch.schedule.ScheduleBook;
import dev.storewatch.schedule.ScheduleView;
import dev.storewatch.schedule.UnknownSchedule;
import dev.storewatch.signin.HtmlPages;
import io.swagger.v3.oas.annotations.Hidden;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page of the schedules of reports. */
@Hidden
@RestController
class SchedulesPage {
  private static final String PATH = ReportsPage.PATH + "/schedules";
  private static final Set<String> KINDS = Set.of("email", "webhook");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm xxx", Locale.ENGLISH);

  private final ScheduleBook book;
  private final ChannelBook channels;
  private final HtmlPages pages;

  SchedulesPage(ScheduleBook book, ChannelBook channels, HtmlPages pages) {
    this.book = book;
    this.channels = channels;
    this.pages = pages;
  }

  @GetMapping(path = PATH, produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> schedules(CsrfToken csrf) {
    return page(csrf, Map.of(), null);
  }

  private ResponseEntity<String> page(
      CsrfToken csrf, Map<String, String> entered, @Nullable String wrong) {
    List<ChannelView> all = channels.list();
    Map<String, String> names =
        all.stream().collect(Collectors.toMap(ChannelView::id, ChannelView::name));
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("schedules", book.list().stream().map(each -> line(each, names)).toList());
    values.put("channels", all.stream().filter(each -> KINDS.contains(each.kind())).toList());
    values.put("entered", entered);
    values.put("wrong", wrong);
    values.put("mayChange", CallerToken.current().grant().role().includes(Role.ADMIN));
    values.put("viewer", pages.viewer(csrf));
    return pages.page("dashboard/schedules.jte", values);
  }

  /** Enters a schedule; what is wrong is said beside what was entered. */
  @PostMapping(path = PATH, produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> add(
      Caller caller, CsrfToken csrf, @RequestParam Map<String, String> fields) {
    try {
      ScheduleView _ = book.add(caller.name(), body(fields));
      return back();
    } catch (WrongInput e) {
      ResponseEntity<String> page = page(csrf, fields, String.valueOf(e.getMessage()));
      return ResponseEntity.badRequest().headers(page.getHeaders()).body(page.getBody());
    }
  }

  private static ScheduleBody body(Map<String, String> fields) {
    String every = text(fields, "every");
    String day = text(fields, "day");
    return new ScheduleBody(
        text(fields, "name"),
        every,
        day == null || "day".equals(every) ? null : (Integer) number(day),
        text(fields, "at"),
        text(fields, "zone"),
        text(fields, "what"),
        texts(fields, "windows", "[,\\s]+"),
        texts(fields, "stores", "\\R"),
        texts(fields, "tags", "[,\\s]+"),
        texts(fields, "group_by", "[,\\s]+"),
        text(fields, "format"),
        text(fields, "channel"),
        text(fields, "folder"));
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new WrongInput("day is '%s': use a number, for example 1".formatted(text), e);
    }
  }

  private static @Nullable String text(Map<String, String> fields, String name) {
    String text = fields.getOrDefault(name, "").strip();
    return text.isEmpty() ? null : text;
  }

  private static @Nullable List<String> texts(
      Map<String, String> fields, String name, String separator) {
    List<String> all =
        Stream.of(fields.getOrDefault(name, "").split(separator, -1))
            .map(String::strip)
            .filter(each -> !each.isEmpty())
            .toList();
    return all.isEmpty() ? null : all;
  }

  /** Deletes a schedule, and shows the others. */
  @PostMapping(PATH + "/{id}/delete")
  ResponseEntity<String> delete(@PathVariable String id) {
    return known(
        () -> {
          book.delete(id);
          return back();
        });
  }

  /** Has a schedule made and sent now. */
  @PostMapping(PATH + "/{id}/run")
  ResponseEntity<String> run(@PathVariable String id) {
    return known(
        () -> {
          ScheduleView _ = book.run(id);
          return back();
        });
  }

  private static <T> T known(Supplier<T> answer) {
    try {
      return answer.get();
    } catch (UnknownSchedule e) {
      throw Problem.notFound(e);
    }
  }

  private static ResponseEntity<String> back() {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(PATH)).build();
  }

  private static ScheduleLine line(ScheduleView schedule, Map<String, String> channels) {
    ScheduleView.Last last = schedule.last();
    String channel = schedule.channel();
    return new ScheduleLine(
        schedule.id(),
        schedule.name(),
        what(schedule),
        times(schedule),
        time(schedule, schedule.next()),
        channel == null
            ? "folder " + schedule.folder()
            : channels.getOrDefault(channel, "a channel that was deleted"),
        last == null ? null : last(schedule, last),
        last != null && (last.outcome().equals("failed") || "dead".equals(last.deliveryState())),
        last == null ? null : last.detail(),
        last == null || last.report() == null ? null : ReportsPage.PATH + "/" + last.report());
  }

  private static String what(ScheduleView schedule) {
    List<String> ids = schedule.stores();
    String stores =
        ids == null
            ? schedule.tags().isEmpty() ? "all stores" : "stores"
            : ids.size() == 1 ? ids.getFirst() : "%d stores".formatted(ids.size());
    return "%s of %s, %s%s, as %s"
        .formatted(
            schedule.what().equals("summary") ? "owner's summary" : "report",
            schedule.windows().stream().map(ReportPreview::words).collect(Collectors.joining(", ")),
            stores,
            schedule.tags().isEmpty() ? "" : " with " + String.join(" and ", schedule.tags()),
            schedule.format().toUpperCase(Locale.ROOT));
  }

  private static String times(ScheduleView schedule) {
    Integer day = schedule.day();
    String every =
        switch (schedule.every()) {
          case "week" ->
              "every "
                  + DayOfWeek.of(Objects.requireNonNull(day))
                      .getDisplayName(TextStyle.FULL, Locale.ENGLISH);
          case "month" -> "day %d of every month".formatted(Objects.requireNonNull(day));
          default -> "every day";
        };
    return "%s at %s %s".formatted(every, schedule.at(), schedule.zone());
  }

  private static String last(ScheduleView schedule, ScheduleView.Last last) {
    String state = last.deliveryState();
    String outcome =
        switch (last.outcome()) {
          case "sent" ->
              state == null
                  ? "sent"
                  : switch (state) {
                    case "queued", "running" -> "on its way";
                    case "dead" -> "not taken by the channel";
                    case "accepted" -> "taken to be passed on";
                    default -> state;
                  };
          case "written" -> "written";
          default -> "failed";
        };
    return "%s, %s".formatted(outcome, time(schedule, last.at()));
  }

  private static String time(ScheduleView schedule, Instant instant) {
    Zone zone = ZoneTable.inUse().find(schedule.zone());
    return TIME.format((zone == null ? ZoneTable.inUse().zone("UTC") : zone).wallClock(instant));
  }
}
