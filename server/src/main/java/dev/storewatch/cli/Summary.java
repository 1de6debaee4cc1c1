package dev.storewatch.cli;

import dev.storewatch.quality.Notice;
import dev.storewatch.window.Asked;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A report as a table for people: all stores, groups of them, those with the lowest uptime, and
 * those that changed most against the time before.
 */
final class Summary {
  private static final int SHOWN = 10;
  private static final String ROW = "  %-24s %7s %8s %8s %8s %8s %8s %12s %10s %10s%n";
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final ReportMaker maker;
  private final ReportOptions request;

  Summary(ReportMaker maker, ReportOptions request) {
    this.maker = maker;
    this.request = request;
  }

  /** The figures of a window, and of the time before it. */
  private record Pair(JsonNode now, JsonNode before) {
    static final Comparator<Pair> LOWEST =
        Comparator.comparing(Pair::now, WorstStores.LOWEST_UPTIME);
    static final Comparator<Pair> MOST_CHANGED =
        Comparator.comparing((Pair pair) -> pair.change().map(BigDecimal::abs).orElseThrow())
            .reversed()
            .thenComparing(LOWEST);

    boolean isStore() {
      return now.has("store_id");
    }

    boolean isKnown() {
      return now.path("uptime_percent").isNumber();
    }

    /** Returns by how many hundredths of the whole the uptime went up; empty if one is unknown. */
    Optional<BigDecimal> change() {
      return percent(now).flatMap(at -> percent(before).map(at::subtract));
    }
  }

  /** What is found in the rows of a report on a window and the time before it. */
  private static final class Found {
    private final List<Pair> totals = new ArrayList<>();
    private final Foremost<Pair> worst = new Foremost<>(SHOWN, Pair.LOWEST);
    private final Foremost<Pair> changed = new Foremost<>(SHOWN, Pair.MOST_CHANGED);

    /** The first row of two, as long as the other has not come. */
    private @Nullable JsonNode first;

    void add(JsonNode row) {
      JsonNode now = first;
      if (now == null) {
        first = row;
        return;
      }
      first = null;
      add(new Pair(now, row));
    }

    private void add(Pair pair) {
      if (!pair.isStore()) {
        totals.add(pair);
        return;
      }
      if (pair.isKnown()) {
        worst.add(pair);
      }
      if (pair.change().filter(by -> by.signum() != 0).isPresent()) {
        changed.add(pair);
      }
    }
  }

  /**
   * Prints a table for each window of the request.
   *
   * @return what to know about the data that they rest on
   */
  List<Notice> print(PrintWriter out) throws IOException {
    List<Notice> notices = new ArrayList<>();
    for (Asked window : request.windows()) {
      Found found = new Found();
      notices.addAll(
          ReportReader.read(
              maker, request.forProgram(List.of(window, window.before())), found::add));
      print(found, window, out);
    }
    out.flush();
    return notices.stream().distinct().toList();
  }

  private static void print(Found found, Asked window, PrintWriter out) {
    if (found.totals.isEmpty()) {
      out.printf("%s: no store was polled%n%n", window.format());
      return;
    }
    Pair all = found.totals.getFirst();
    out.printf(
        "%s: %s to %s; before: %s (times in hours of business time)%n",
        all.now.path("window").asString(),
        all.now.path("from").asString(),
        all.now.path("to").asString(),
        all.before.path("window").asString());
    heading("", out);
    found.totals.forEach(pair -> line(nameOf(pair.now), stores(pair), pair, out));
    list("The lowest uptime", found.worst.list(), out);
    list("Changed most", found.changed.list(), out);
    out.println();
  }

  private static void list(String title, List<Pair> pairs, PrintWriter out) {
    if (pairs.isEmpty()) {
      return;
    }
    out.println();
    heading(title, out);
    pairs.forEach(pair -> line(pair.now.path("store_id").asString(), "", pair, out));
  }

  private static void heading(String title, PrintWriter out) {
    out.printf(
        ROW,
        title,
        title.isEmpty() ? "stores" : "",
        "uptime %",
        "at least",
        "at most",
        "before",
        "change",
        "up",
        "down",
        "unknown");
  }

  private static String nameOf(JsonNode total) {
    if (total.path("total").asString().equals("fleet")) {
      return "all stores";
    }
    return total.path("tag").isString()
        ? total.path("tag").asString()
        : "none of " + total.path("group_by").asString();
  }

  private static String stores(Pair pair) {
    return String.format(Locale.ROOT, "%d", pair.now.path("stores").asInt());
  }

  private static void line(String name, String stores, Pair pair, PrintWriter out) {
    out.printf(
        ROW,
        name,
        stores,
        shown(percent(pair.now)),
        shown(share(pair.now, "uptime_minutes_low", RoundingMode.DOWN)),
        shown(share(pair.now, "uptime_minutes_high", RoundingMode.UP)),
        shown(percent(pair.before)),
        pair.change().map(by -> String.format(Locale.ROOT, "%+.2f", by)).orElse("-"),
        WorstStores.hours(pair.now, "uptime_minutes"),
        WorstStores.hours(pair.now, "downtime_minutes"),
        WorstStores.hours(pair.now, "unknown_minutes"));
  }

  private static Optional<BigDecimal> percent(JsonNode row) {
    JsonNode percent = row.path("uptime_percent");
    return percent.isNumber()
        ? Optional.of(percent.decimalValue().setScale(2, RoundingMode.DOWN))
        : Optional.empty();
  }

  /** Returns the share of a bound of the up time in all time that is not excluded. */
  private static Optional<BigDecimal> share(JsonNode row, String bound, RoundingMode rounding) {
    BigDecimal whole =
        row.path("scheduled_minutes")
            .decimalValue()
            .subtract(row.path("excluded_minutes").decimalValue());
    return whole.signum() == 0
        ? Optional.empty()
        : Optional.of(row.path(bound).decimalValue().multiply(HUNDRED).divide(whole, 2, rounding));
  }

  private static String shown(Optional<BigDecimal> percent) {
    return percent.map(BigDecimal::toPlainString).orElse("-");
  }
}
