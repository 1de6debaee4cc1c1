package dev.storewatch.summary;

import dev.storewatch.hours.Zone;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.uptime.Figures;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.window.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A summary as its page says it, in letters that the font of the page has.
 *
 * @param title what it is about, and of which time
 * @param about the stores
 * @param period the time, in words
 * @param time from when to when
 * @param uptime the uptime in percent, or a dash
 * @param between between what the true uptime lies
 * @param before the uptime of the time before, and how it differs; empty if nothing is known
 * @param sums how the open time is made up
 * @param outagesTitle how many outages there were, and what they cost
 * @param outages those that cost the most
 * @param hours the hours of the week that cost the most
 * @param stores the stores that were up the least
 * @param isOne whether it is about one store
 * @param measured how it was measured, in sentences
 * @param uncertain what is uncertain, in sentences
 * @param made what the figures rest on
 */
public record SummaryWords(
    String title,
    String about,
    String period,
    String time,
    String uptime,
    String between,
    String before,
    List<Sum> sums,
    String outagesTitle,
    List<Row> outages,
    List<Row> hours,
    List<Row> stores,
    boolean isOne,
    List<String> measured,
    List<String> uncertain,
    String made) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm xxx", Locale.ENGLISH);
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);
  private static final Pattern A_MONTH = Pattern.compile("\\d{4}-\\d{2}");
  private static final int MOST_NOTICES = 4;
  private static final int LONGEST_NOTICE = 240;
  private static final int LONGEST_NAME = 60;

  /** A part of the open time. */
  public record Sum(String name, String length, String share) {}

  /** A row of a table: what it is about, and what is said of it. */
  public record Row(String head, String first, String second, String last) {}

  /** Returns a summary in words. */
  static SummaryWords of(OwnerSummary summary, PageFont font) {
    return new Writer(summary, font).words();
  }

  /** Returns what a summary says, in one sentence. */
  public static String brief(OwnerSummary summary) {
    String between = between(summary.totals());
    return "uptime %s%s; %s"
        .formatted(
            percent(summary.totals()),
            between.isEmpty() ? "" : ", " + between,
            outages(summary.outages()));
  }

  private static String outages(OwnerSummary.Outages all) {
    return all.count() == 0
        ? "no outage is known"
        : "%s cost %s of open time"
            .formatted(
                all.count() == 1
                    ? "1 outage"
                    : String.format(Locale.ROOT, "%,d outages", all.count()),
                length(all.lost()));
  }

  /** Returns the title of a summary. */
  public static String title(OwnerSummary summary) {
    return "Uptime of %s, %s".formatted(summary.about().words(), period(summary.period()));
  }

  private static String period(String period) {
    return A_MONTH.matcher(period).matches() ? MONTH.format(YearMonth.parse(period)) : period;
  }

  private static String hundredths(long number) {
    return String.format(Locale.ROOT, "%d.%02d", number / 100, number % 100);
  }

  /** Returns the uptime in percent, or a dash if nothing is known. */
  static String percent(WindowTotals totals) {
    OptionalLong percent = Figures.hundredthsOfPercent(totals.up(), totals.down());
    return percent.isEmpty() ? "–" : hundredths(percent.getAsLong()) + " %";
  }

  /** Returns between what the true uptime lies; empty if no time was open. */
  static String between(WindowTotals totals) {
    long available = totals.scheduled() - totals.excluded();
    return available == 0
        ? ""
        : "between %s and %s"
            .formatted(share(totals.upAtLeast(), available), share(totals.upAtMost(), available));
  }

  private static String share(long part, long whole) {
    OptionalLong percent = Figures.hundredthsOfPercent(part, whole - part);
    return percent.isEmpty() ? "–" : hundredths(percent.getAsLong()) + " %";
  }

  /** Returns a length of time as people read it. */
  static String length(long micros) {
    long minutes = (micros + 30_000_000) / 60_000_000;
    if (minutes < 60) {
      return minutes + " min";
    }
    return String.format(Locale.ROOT, "%,d h %02d min", minutes / 60, minutes % 60);
  }

  private static final class Writer {
    private final OwnerSummary summary;
    private final PageFont font;
    private final boolean isOne;

    Writer(OwnerSummary summary, PageFont font) {
      this.summary = summary;
      this.font = font;
      this.isOne = summary.about().store() != null;
    }

    SummaryWords words() {
      WindowTotals totals = summary.totals();
      List<String> measured = measured().stream().map(font::readable).toList();
      String title = shown(SummaryWords.title(summary));
      String about = shown(summary.about().words());
      List<Row> outages = summary.outages().longest().stream().map(this::outage).toList();
      List<Row> stores = summary.worstStores().stream().map(this::store).toList();
      List<String> uncertain =
          uncertain().stream().map(font::readable).map(each -> cut(each, LONGEST_NOTICE)).toList();
      return new SummaryWords(
          title,
          about,
          period(summary.period()),
          time(),
          percent(totals),
          SummaryWords.between(totals),
          before(),
          sums(),
          outagesTitle(),
          outages,
          summary.worstHours().stream().map(this::hour).toList(),
          stores,
          isOne,
          measured,
          withMissing(uncertain),
          made());
    }

    private String shown(String text) {
      return cut(font.readable(text.replaceAll("\\s+", " ")), 2 * LONGEST_NAME);
    }

    private String name(String id, @Nullable String name) {
      return cut(font.readable(name == null || name.equals(id) ? id : name), LONGEST_NAME);
    }

    /** Cuts a text that has no letters beyond those of the font, none of which takes two chars. */
    private static String cut(String text, int most) {
      return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    private static String local(String zone, Instant instant) {
      Zone clocks = ZoneTable.inUse().zone(zone);
      return TIME.format(clocks.wallClock(instant));
    }

    private String time() {
      Instant from = summary.from();
      Instant to = summary.to();
      OwnerSummary.Store store = summary.about().store();
      if (from == null || to == null) {
        return "no store was polled";
      }
      if (store != null) {
        return "%s to %s".formatted(local(store.zone(), from), local(store.zone(), to));
      }
      return Window.parse(summary.period()).isLocal()
          ? "on the clocks of each store"
          : "%s to %s".formatted(UTC.format(from), UTC.format(to));
    }

    private String before() {
      OptionalLong now =
          Figures.hundredthsOfPercent(summary.totals().up(), summary.totals().down());
      OptionalLong then =
          Figures.hundredthsOfPercent(summary.before().up(), summary.before().down());
      if (then.isEmpty()) {
        return "";
      }
      String text = "as long a time before: " + percent(summary.before());
      if (now.isEmpty()) {
        return text;
      }
      long more = now.getAsLong() - then.getAsLong();
      return "%s, %s points %s"
          .formatted(text, hundredths(Math.abs(more)), more >= 0 ? "more now" : "less now");
    }

    private List<Sum> sums() {
      WindowTotals totals = summary.totals();
      List<Sum> sums = new ArrayList<>();
      add(sums, "Open by its hours", totals.scheduled());
      add(sums, "Up", totals.up());
      add(sums, "Down", totals.down());
      add(sums, "Unknown", totals.unknown());
      add(sums, "Planned closure", totals.excluded());
      return sums;
    }

    private void add(List<Sum> sums, String name, long micros) {
      long whole = summary.totals().scheduled();
      sums.add(new Sum(name, length(micros), whole == 0 ? "–" : share(micros, whole)));
    }

    private String outagesTitle() {
      OwnerSummary.Outages all = summary.outages();
      if (all.count() == 0) {
        return "No outage is known";
      }
      String goesOn =
          all.ongoing() == 0
              ? ""
              : all.ongoing() == 1
                  ? "; 1 goes on at the end"
                  : "; %,d go on at the end".formatted(all.ongoing());
      return outages(all) + goesOn;
    }

    private Row outage(OwnerSummary.Outage outage) {
      Instant to = outage.to();
      return new Row(
          isOne ? "" : name(outage.storeId(), outage.storeName()),
          local(outage.zone(), outage.from()),
          to == null ? "goes on" : local(outage.zone(), to),
          length(outage.lost()));
    }

    private Row hour(OwnerSummary.Hour hour) {
      DayOfWeek day = hour.day();
      return new Row(
          "%s %02d:00 to %02d:00"
              .formatted(
                  day.getDisplayName(TextStyle.FULL, Locale.ENGLISH), hour.hour(), hour.hour() + 1),
          "",
          "",
          length(hour.lost()));
    }

    private Row store(OwnerSummary.Store store) {
      return new Row(
          name(store.id(), store.name()),
          percent(store.totals()),
          SummaryWords.between(store.totals()),
          length(store.totals().down()));
    }

    private List<String> measured() {
      OwnerSummary.Basis basis = summary.basis();
      return List.of(
          "Each store is asked again and again whether it is online; %s such polls in business hours stand behind this page."
              .formatted(String.format(Locale.ROOT, "%,d", basis.polls())),
          "Only the time counts in which %s open by the business hours and not in a planned closure."
              .formatted(isOne ? "the store is" : "a store is"),
          "Time between two polls has the status of the nearest one, if that is no farther away than %s; else it is unknown, which is neither up nor down."
              .formatted(length(basis.carry())));
    }

    private List<String> uncertain() {
      List<String> all = new ArrayList<>();
      WindowTotals totals = summary.totals();
      if (!SummaryWords.between(totals).isEmpty()) {
        all.add(
            "The true uptime lies %s of the open time, if no store changed twice between two polls."
                .formatted(SummaryWords.between(totals)));
      }
      if (totals.unknown() > 0) {
        all.add("Of %s of open time nothing is known.".formatted(length(totals.unknown())));
      }
      List<String> notices = summary.notices();
      notices.stream().limit(MOST_NOTICES).map(each -> each + ".").forEach(all::add);
      if (notices.size() > MOST_NOTICES) {
        all.add(
            "%d more notices stand beside the report.".formatted(notices.size() - MOST_NOTICES));
      }
      return all;
    }

    private List<String> withMissing(List<String> sentences) {
      if (!font.wasMissing()) {
        return sentences;
      }
      List<String> all = new ArrayList<>(sentences);
      all.add(
          "Letters that the font of this page does not have are printed as their numbers in"
              + " Unicode, such as [U+4E2D].");
      return all;
    }

    private String made() {
      OwnerSummary.Basis basis = summary.basis();
      Instant asOf = summary.asOf();
      return "As of %s. Rule %s, revision %d of the data, rules of time zones %s."
          .formatted(
              asOf == null ? "no poll" : UTC.format(asOf),
              basis.rule(),
              basis.revision(),
              basis.zoneRules());
    }
  }
}
