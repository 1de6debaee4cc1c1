package dev.storewatch.file;

import dev.storewatch.hours.Zone;
import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.Timestamps;
import dev.storewatch.interval.Micros;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** The reader of instants that are written by a pattern, on the wall clock of a zone. */
final class PatternTimes {
  private static final LocalDateTime SAMPLE = LocalDateTime.of(2026, 11, 27, 18, 45, 30);

  private final DateTimeFormatter formatter;
  private final Zone zone;

  PatternTimes(TimeForm.Pattern form) {
    this.formatter = formatter(form.pattern());
    this.zone = Zone.of(form.zone());
  }

  /**
   * Checks that a pattern can be read and names a whole instant, and that there is the zone.
   *
   * @param others what else there is, for the message
   * @throws WrongInput if not
   */
  static TimeForm.Pattern check(TimeForm.Pattern form, String others) {
    if (Zones.find(form.zone()) == null) {
      throw new WrongInput(
          "time-zone is '%s', which is no time zone: write an IANA name such as America/Chicago"
              .formatted(form.zone()));
    }
    try {
      DateTimeFormatter formatter = formatter(form.pattern());
      String text = formatter.format(SAMPLE.atOffset(ZoneOffset.UTC));
      if (!SAMPLE.withSecond(0).equals(LocalDateTime.from(formatter.parse(text)).withSecond(0))) {
        throw new DateTimeException("it leaves something out");
      }
      return form;
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new WrongInput(
          "time is '%s', by which no date with hour and minute can be read (%s): use one of %s, or a pattern such as 'MM/dd/yyyy HH:mm' or 'M/d/yyyy h:mm a'"
              .formatted(form.pattern(), e.getMessage(), others),
          e);
    }
  }

  /** Returns a formatter that reads no date that does not exist, whatever the letter for years. */
  private static DateTimeFormatter formatter(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(withProlepticYears(pattern))
        .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
        .parseDefaulting(ChronoField.NANO_OF_SECOND, 0)
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /** Writes {@code u} for {@code y}, a year that would need an era, outside quotes. */
  private static String withProlepticYears(String pattern) {
    StringBuilder changed = new StringBuilder(pattern);
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); i++) {
      quoted ^= pattern.charAt(i) == '\'';
      if (!quoted && pattern.charAt(i) == 'y') {
        changed.setCharAt(i, 'u');
      }
    }
    return changed.toString();
  }

  /**
   * Returns the instant that fills a range, in microseconds since the epoch, or {@link
   * Timestamps#IMPOSSIBLE} or {@link Timestamps#OTHER_YEARS}. A time that the clocks skip is the
   * first instant after the gap, and one that comes twice is the first.
   */
  long read(byte[] text, int from, int to) {
    try {
      TemporalAccessor parsed =
          formatter.parse(new String(text, from, to - from, StandardCharsets.UTF_8));
      long micros =
          parsed.isSupported(ChronoField.OFFSET_SECONDS)
              ? Micros.of(Instant.from(parsed))
              : zone.resolve(LocalDateTime.from(parsed));
      return micros >= 0 && micros < Timestamps.LIMIT ? micros : Timestamps.OTHER_YEARS;
    } catch (DateTimeException | ArithmeticException e) {
      return Timestamps.IMPOSSIBLE;
    }
  }
}
