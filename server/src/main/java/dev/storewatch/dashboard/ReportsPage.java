package dev.storewatch.dashboard;

import dev.storewatch.access.CallerToken;
import dev.storewatch.access.Role;
import dev.storewatch.http.Caller;
import dev.storewatch.input.WrongInput;
import dev.storewatch.quality.Notice;
import dev.storewatch.report.ComparisonView;
import dev.storewatch.report.Report;
import dev.storewatch.report.ReportDesk;
import dev.storewatch.report.ReportQueue;
import dev.storewatch.report.ReportView;
import dev.storewatch.report.Restated;
import dev.storewatch.signin.HtmlPages;
import dev.storewatch.store.Grouping;
import dev.storewatch.store.Scope;
import dev.storewatch.uptime.Rule;
import io.swagger.v3.oas.annotations.Hidden;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The pages of reports: to ask for one, to see how far they are, to read and to compare them. */
@Hidden
@RestController
public class ReportsPage {
  static final String PATH = "/reports";
  private static final int MOST = 50;
  private static final int MOST_DIFFERENCES = 500;
  private static final int MOST_NAMED = 5;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final ReportDesk desk;
  private final HtmlPages pages;

  ReportsPage(ReportDesk desk, HtmlPages pages) {
    this.desk = desk;
    this.pages = pages;
  }

  private static boolean mayChange() {
    return CallerToken.current().grant().role().includes(Role.OPERATOR);
  }

  @GetMapping(path = PATH, produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> reports(
      Scope scope, CsrfToken csrf, @RequestParam Map<String, String> fields) {
    return list(scope, csrf, ReportForm.of(fields), null);
  }

  private ResponseEntity<String> list(
      Scope scope, CsrfToken csrf, ReportForm form, @Nullable String wrong) {
    List<ReportLine> lines = desk.newest(scope, MOST).stream().map(each -> line(each)).toList();
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("reports", lines);
    values.put("form", form);
    values.put("wrong", wrong);
    values.put("mayAsk", mayChange());
    values.put("maySchedule", mayChange() && scope.isEverything());
    values.put("isOpen", wrong != null || !form.equals(ReportForm.of(Map.of())));
    values.put("viewer", pages.viewer(csrf));
    return pages.page("dashboard/reports.jte", values);
  }

  /** Asks for a report, and shows it; what is wrong is said beside what was entered. */
  @PostMapping(path = PATH, produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> ask(
      Scope scope, Caller caller, CsrfToken csrf, @RequestParam Map<String, String> fields) {
    ReportForm form = ReportForm.of(fields);
    try {
      List<String> groups = ReportForm.groups(form.groupBy());
      var _ = Grouping.of(true, groups);
      ReportQueue.Accepted asked = desk.ask(form.body(), scope, caller, null);
      String query =
          groups.isEmpty() ? "" : "?group_by=" + ReportForm.encoded(String.join(",", groups));
      return ResponseEntity.status(HttpStatus.SEE_OTHER)
          .location(URI.create(PATH + "/" + asked.report().id() + query))
          .build();
    } catch (NumberFormatException e) {
      return wrong(
          scope, csrf, form, "the revision is '%s': use a number".formatted(form.revision()));
    } catch (WrongInput e) {
      return wrong(scope, csrf, form, String.valueOf(e.getMessage()));
    }
  }

  private ResponseEntity<String> wrong(
      Scope scope, CsrfToken csrf, ReportForm form, String message) {
    ResponseEntity<String> page = list(scope, csrf, form, message);
    return ResponseEntity.badRequest().headers(page.getHeaders()).body(page.getBody());
  }

  @GetMapping(path = PATH + "/{id}", produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> report(
      Scope scope,
      CsrfToken csrf,
      @PathVariable String id,
      @RequestParam(name = "group_by", required = false, defaultValue = "") String groupBy) {
    List<String> groups = ReportForm.groups(groupBy);
    Report report = desk.report(id, scope);
    ReportView view = desk.view(report, scope);
    ReportPreview preview = new ReportPreview(report.spec());
    ReportLine line = line(view);
    if (line.isComplete()) {
      desk.read(report, scope, Grouping.of(true, groups), preview);
    }
    ReportPageView page =
        new ReportPageView(
            line,
            facts(view),
            notices(view),
            preview.totals(),
            preview.stores(),
            String.join(",", groups),
            downloads(report, view, groups),
            ReportForm.again(report, view.stores(), groups).link(),
            line.isComplete() ? others(scope, id, view) : List.of(),
            mayChange());
    return pages.page("dashboard/report.jte", Map.of("report", page, "viewer", pages.viewer(csrf)));
  }

  /** Deletes a report, and shows the others. */
  @PostMapping(PATH + "/{id}/delete")
  ResponseEntity<Void> delete(Scope scope, @PathVariable String id) {
    desk.delete(id, scope);
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(PATH)).build();
  }

  /** Compares a report with another one, or with the data of now. */
  @GetMapping(path = PATH + "/{id}/comparison", produces = HtmlPages.TEXT_HTML)
  ResponseEntity<String> compare(
      Scope scope,
      CsrfToken csrf,
      @PathVariable String id,
      @RequestParam(required = false, defaultValue = "") String with) {
    ComparisonView compared =
        desk.compare(id, with.isEmpty() ? null : with, scope, MOST_DIFFERENCES);
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("report", line(desk.view(desk.report(id, scope), scope)));
    values.put("other", with.isEmpty() ? null : line(desk.view(desk.report(with, scope), scope)));
    values.put("compared", compared);
    values.put("lines", compared.differences().stream().map(DifferenceLine::of).toList());
    values.put("viewer", pages.viewer(csrf));
    return pages.page("dashboard/comparison.jte", values);
  }

  /**
   * A figure that differs, as the page shows it.
   *
   * @param window the window in words; empty for a whole row
   * @param figure what differs, in words
   * @param by by how much, with its sign; empty if there is no number on one side
   */
  public record DifferenceLine(
      String storeId,
      String link,
      String window,
      String figure,
      String reported,
      String now,
      String by,
      String because) {
    static DifferenceLine of(ComparisonView.Difference one) {
      BigDecimal before = one.reported();
      BigDecimal after = one.now();
      boolean isRow = one.figure().equals("row");
      return new DifferenceLine(
          one.storeId(),
          Fleet.link(one.storeId()),
          one.window() == null ? "" : ReportPreview.words(one.window()),
          isRow ? "the whole row" : one.figure().replace('_', ' '),
          isRow ? word(before) : text(before),
          isRow ? word(after) : text(after),
          before == null || after == null ? "" : signed(after.subtract(before)),
          String.join(", ", one.because()).replace('_', ' '));
    }

    private static String word(@Nullable BigDecimal row) {
      return row == null ? "not there" : "there";
    }

    private static String text(@Nullable BigDecimal figure) {
      return figure == null ? "–" : figure.toPlainString();
    }

    private static String signed(BigDecimal number) {
      return number.signum() > 0 ? "+" + number.toPlainString() : number.toPlainString();
    }
  }

  private static List<ReportPageView.Fact> facts(ReportView view) {
    List<ReportPageView.Fact> facts = new ArrayList<>();
    Instant ended = view.endedAt();
    facts.add(new ReportPageView.Fact("As of", time(view.asOf())));
    facts.add(
        new ReportPageView.Fact(
            "Rule",
            "%s: a poll speaks for time no farther from it than %s"
                .formatted(view.rule(), view.carry())));
    facts.add(new ReportPageView.Fact("Windows", windows(view)));
    facts.add(new ReportPageView.Fact("Stores", about(view)));
    facts.add(new ReportPageView.Fact("Asked for", asked(view)));
    if (ended != null) {
      facts.add(new ReportPageView.Fact("Ended", time(ended)));
    }
    if (view.revision() != null) {
      facts.add(new ReportPageView.Fact("Revision of the data", view.revision().toString()));
    }
    if (view.zoneRules() != null) {
      facts.add(new ReportPageView.Fact("Rules of time zones", view.zoneRules()));
    }
    if (view.checksum() != null) {
      facts.add(new ReportPageView.Fact("SHA-256 of the full rows", view.checksum()));
    }
    return facts;
  }

  private static List<String> notices(ReportView view) {
    List<String> notices = new ArrayList<>(view.notices().stream().map(Notice::text).toList());
    if (view.zoneRulesNotice() != null) {
      notices.add(view.zoneRulesNotice());
    }
    return notices;
  }

  private static List<ReportPageView.Download> downloads(
      Report report, ReportView view, List<String> groups) {
    if (!view.state().equals("complete")) {
      return List.of();
    }
    String path = "/api/v1/reports/" + view.id();
    String by =
        groups.stream()
            .map(each -> "&group_by=" + ReportForm.encoded(each))
            .collect(Collectors.joining());
    List<ReportPageView.Download> all = new ArrayList<>();
    if (report.spec().hasStandardWindows()) {
      all.add(
          new ReportPageView.Download(
              "CSV, standard columns", path + ".csv?detail=standard", "one row for each store"));
    }
    all.add(
        new ReportPageView.Download(
            "CSV, every figure",
            path + ".csv?detail=full&totals=true" + by,
            "one row for each store and window, and the totals"));
    all.add(
        new ReportPageView.Download(
            "JSON, every figure", path + ".json?totals=true" + by, "the same"));
    all.addAll(pages(report, view));
    return all;
  }

  /** Returns the owner's summaries of what the report is about, if there are such. */
  private static List<ReportPageView.Download> pages(Report report, ReportView view) {
    List<String> ids = view.stores();
    boolean isOne = ids != null && ids.size() == 1 && view.tags().isEmpty();
    boolean isUsual = report.spec().rule().equals(Rule.standard());
    if (view.asOf() == null || !isUsual || (ids != null && !isOne)) {
      return List.of();
    }
    StringBuilder about = new StringBuilder();
    if (ids != null) {
      ids.forEach(id -> about.append("&store=").append(ReportForm.encoded(id)));
    }
    view.tags().forEach(tag -> about.append("&tag=").append(ReportForm.encoded(tag)));
    return view.windows().stream()
        .limit(MOST_NAMED)
        .map(
            window ->
                new ReportPageView.Download(
                    "PDF, " + ReportPreview.words(window),
                    "/api/v1/summary.pdf?period=%s&as_of=%s%s"
                        .formatted(ReportForm.encoded(window), view.asOf(), about),
                    "the owner's summary of the same time, of the data of now"))
        .toList();
  }

  /** Returns the reports with as many windows, which it can be compared with. */
  private List<ReportLine> others(Scope scope, String id, ReportView view) {
    return desk.newest(scope, MOST).stream()
        .filter(each -> !each.id().equals(id) && each.state().equals("complete"))
        .filter(each -> each.windows().size() == view.windows().size())
        .map(each -> line(each))
        .toList();
  }

  private static ReportLine line(ReportView view) {
    Restated restated = view.restatedSince();
    return new ReportLine(
        view.id(),
        view.number(),
        view.state(),
        done(view),
        time(view.asOf()),
        windows(view),
        about(view),
        asked(view),
        restated == null ? null : restated(restated),
        view.error());
  }

  private static String restated(Restated restated) {
    String kinds =
        restated.kinds().entrySet().stream()
            .map(each -> "%s: %d".formatted(each.getKey().replace('_', ' '), each.getValue()))
            .collect(Collectors.joining(", "));
    return "since %s: %s (%s)"
        .formatted(
            time(restated.at()),
            restated.changes() == 1 ? "1 change" : restated.changes() + " changes",
            kinds);
  }

  private static String done(ReportView view) {
    return switch (view.state()) {
      case "complete" -> view.rowCount() == null ? "" : stores(view.rowCount());
      case "running" -> {
        Integer total = view.progress().total();
        yield total == null
            ? ""
            : String.format(Locale.ROOT, "%,d of %s", view.progress().done(), stores(total));
      }
      default -> "";
    };
  }

  private static String stores(int count) {
    return count == 1 ? "1 store" : String.format(Locale.ROOT, "%,d stores", count);
  }

  private static String windows(ReportView view) {
    return view.windows().stream()
        .map(ReportPreview::words)
        .limit(12)
        .collect(Collectors.joining(", ", "", view.windows().size() > 12 ? ", …" : ""));
  }

  private static String about(ReportView view) {
    List<String> ids = view.stores();
    String stores =
        ids == null
            ? view.tags().isEmpty() ? "all stores" : "stores"
            : ids.stream()
                .limit(MOST_NAMED)
                .collect(
                    Collectors.joining(
                        ", ",
                        "",
                        ids.size() > MOST_NAMED
                            ? " and %d more".formatted(ids.size() - MOST_NAMED)
                            : ""));
    return view.tags().isEmpty()
        ? stores
        : "%s with %s".formatted(stores, String.join(" and ", view.tags()));
  }

  private static String asked(ReportView view) {
    return view.askedBy() == null
        ? time(view.askedAt())
        : "%s, by %s".formatted(time(view.askedAt()), view.askedBy());
  }

  private static String time(@Nullable Instant instant) {
    return instant == null ? "–" : TIME.format(instant);
  }
}
