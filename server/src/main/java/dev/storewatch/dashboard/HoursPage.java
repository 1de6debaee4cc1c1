package dev.storewatch.dashboard;

import dev.storewatch.access.CallerToken;
import dev.storewatch.access.Role;
import dev.storewatch.calendar.Answers;
import dev.storewatch.calendar.CalendarPreview;
import dev.storewatch.calendar.ClosureBody;
import dev.storewatch.calendar.ClosureBook;
import dev.storewatch.calendar.ClosureView;
import dev.storewatch.calendar.SpecialDayBody;
import dev.storewatch.calendar.SpecialDayBook;
import dev.storewatch.calendar.SpecialDayView;
import dev.storewatch.http.Caller;
import dev.storewatch.input.WrongInput;
import dev.storewatch.signin.HtmlPages;
import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The page of days that are not as the week says: planned closures and special days. What is about
 * to be entered is shown with what it would change, and entered from there.
 */
@Hidden
@RestController
class HoursPage {
  static final String PATH = "/hours";

  /** The newest; all of them are answered to programs. */
  private static final int MOST = 200;

  private final ClosureBook closures;
  private final SpecialDayBook days;
  private final HtmlPages pages;

  HoursPage(ClosureBook closures, SpecialDayBook days, HtmlPages pages) {
    this.closures = closures;
    this.days = days;
    this.pages = pages;
  }

  /**
   * Answers the page.
   *
   * @param said what is about to be entered; nothing without the name {@code kind}
   */
  @GetMapping(path = PATH, produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> hours(
      Scope scope, CsrfToken csrf, @RequestParam Map<String, String> said) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("closures", closures.newest(scope, MOST).stream().map(HoursPage::line).toList());
    values.put("days", days.newest(scope, MOST).stream().map(HoursPage::line).toList());
    PlannedForm form = PlannedForm.of(said);
    values.put("form", form);
    values.put("preview", form.kind().isEmpty() ? null : preview(scope, form));
    values.put("isOperator", CallerToken.current().grant().role().includes(Role.OPERATOR));
    values.put("viewer", pages.viewer(csrf));
    return pages.page("dashboard/hours.jte", values);
  }

  private PlannedPreview preview(Scope scope, PlannedForm form) {
    CalendarPreview preview =
        Answers.of(
            () ->
                form.isClosure()
                    ? closures.preview(scope, closure(form))
                    : days.preview(scope, day(form)));
    return new PlannedPreview(
        preview.stores(),
        preview.days().stream()
            .filter(day -> day.openBefore() != day.openAfter())
            .map(
                day ->
                    new PlannedPreview.Day(
                        day.date().toString(), length(day.openBefore()), length(day.openAfter())))
            .toList());
  }

  private static String length(double seconds) {
    return Lengths.of(Math.round(seconds * 1_000_000));
  }

  private static ClosureBody closure(PlannedForm form) {
    return new ClosureBody(
        form.store(),
        form.tag(),
        form.all(),
        Forms.given(form.from()),
        Forms.given(form.to()),
        Forms.given(form.repeat()),
        Forms.given(form.until()),
        Forms.given(form.reason()));
  }

  /** Returns a special day; its hours are written as {@code 09:00-17:00, 18:00-22:00}. */
  private static SpecialDayBody day(PlannedForm form) {
    List<SpecialDayBody.@Nullable SentTimes> hours = new ArrayList<>();
    for (String part : form.hours().split(",", -1)) {
      if (!part.isBlank()) {
        String[] ends = part.strip().split("\\s*[-–]\\s*", -1);
        if (ends.length != 2) {
          throw new WrongInput(
              "the hours are '%s': write for example 09:00-17:00, 18:00-22:00, or nothing if closed"
                  .formatted(form.hours()));
        }
        hours.add(new SpecialDayBody.SentTimes(ends[0], ends[1]));
      }
    }
    return new SpecialDayBody(
        form.store(),
        form.tag(),
        form.all(),
        Forms.given(form.date()),
        hours,
        Forms.given(form.label()));
  }

  @PostMapping(PATH)
  ResponseEntity<Void> enter(Scope scope, Caller caller, @RequestParam Map<String, String> said) {
    PlannedForm form = PlannedForm.of(said);
    if (form.isClosure()) {
      ClosureView _ = Answers.of(() -> closures.add(scope, caller.name(), closure(form)));
    } else {
      SpecialDayView _ = Answers.of(() -> days.add(scope, caller.name(), day(form)));
    }
    return Forms.show(PATH + (form.isClosure() ? "#closures" : "#days"));
  }

  @PostMapping(PATH + "/closures/{id}/delete")
  ResponseEntity<Void> deleteClosure(Scope scope, Caller caller, @PathVariable String id) {
    return Answers.of(
        () -> {
          closures.delete(scope, caller.name(), id);
          return Forms.show(PATH + "#closures");
        });
  }

  @PostMapping(PATH + "/days/{id}/delete")
  ResponseEntity<Void> deleteDay(Scope scope, Caller caller, @PathVariable String id) {
    return Answers.of(
        () -> {
          days.delete(scope, caller.name(), id);
          return Forms.show(PATH + "#days");
        });
  }

  private static PlannedLine line(ClosureView closure) {
    String times = "%s to %s".formatted(closure.from(), closure.to()).replace('T', ' ');
    String repeated =
        closure.repeat().equals("once")
            ? ""
            : ", %s%s"
                .formatted(
                    closure.repeat(), closure.until() == null ? "" : " until " + closure.until());
    return new PlannedLine(
        closure.id(),
        target(closure.store(), closure.tag()),
        times + (closure.local() ? ", on the clocks of each store" : "") + repeated,
        closure.reason(),
        closure.enteredBy() == null ? "" : closure.enteredBy());
  }

  private static PlannedLine line(SpecialDayView day) {
    String hours =
        day.hours().isEmpty()
            ? "closed"
            : day.hours().stream()
                .map(each -> "%s to %s".formatted(each.opens(), each.closes()))
                .collect(Collectors.joining(", "));
    return new PlannedLine(
        day.id(),
        target(day.store(), day.tag()),
        day.date() + ": " + hours,
        day.label() == null ? "" : day.label(),
        day.enteredBy() == null ? "" : day.enteredBy());
  }

  private static String target(@Nullable String store, @Nullable String tag) {
    return store != null ? store : tag == null ? "all stores" : "stores with " + tag;
  }
}
