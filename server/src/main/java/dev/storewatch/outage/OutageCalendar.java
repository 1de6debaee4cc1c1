package dev.storewatch.outage;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The writer of outages as a calendar that people subscribe to (RFC 5545), each as an event.
 *
 * <p>An outage that was withdrawn is left out. A program that subscribes replaces all that it had
 * with what it reads, so it is gone there too. An event with {@code STATUS:CANCELLED} would be
 * shown as one that took place by programs that do not know the word.
 */
final class OutageCalendar implements OutageBook.Receiver {
  /** The most events of a calendar: some megabytes. */
  static final int MOST = 5_000;

  /** How many events are in memory at a time. */
  private static final int AT_A_TIME = 500;

  private static final String BEGIN =
      """
      BEGIN:VCALENDAR
      VERSION:2.0
      PRODID:-//Storewatch//Outages//EN
      CALSCALE:GREGORIAN
      NAME:Outages
      X-WR-CALNAME:Outages
      DESCRIPTION:When stores were down\\, and are: the latest %1$d outages at most
      X-WR-CALDESC:When stores were down\\, and are: the latest %1$d outages at most
      REFRESH-INTERVAL;VALUE=DURATION:PT1H
      X-PUBLISHED-TTL:PT1H
      """
          .formatted(MOST)
          .replace("\n", "\r\n");

  /**
   * What a calendar has when there is no event: it must have one component at least, and this is
   * one that nobody sees.
   */
  private static final String NO_EVENT =
      """
      BEGIN:VTIMEZONE
      TZID:UTC
      BEGIN:STANDARD
      DTSTART:19700101T000000
      TZOFFSETFROM:+0000
      TZOFFSETTO:+0000
      END:STANDARD
      END:VTIMEZONE
      """
          .replace("\n", "\r\n");

  private final Function<List<OutageView>, Map<Long, OutageScan.Corrections>> corrections;
  private final OutageEvents events;
  private final PrintWriter out;
  private final FoldedLines lines;
  private final List<OutageView> some = new ArrayList<>();
  private int taken;

  /**
   * A writer of a calendar as of an instant.
   *
   * @param corrections gives the corrections of outages, by the numbers of their ids
   */
  OutageCalendar(
      Function<List<OutageView>, Map<Long, OutageScan.Corrections>> corrections,
      Instant now,
      PrintWriter out) {
    this.corrections = corrections;
    this.events = new OutageEvents(now);
    this.out = out;
    this.lines = new FoldedLines(out);
    lines.write(BEGIN);
  }

  @Override
  public boolean test(OutageView outage) {
    some.add(outage);
    taken++;
    if (some.size() == AT_A_TIME) {
      flush();
    }
    return taken < MOST && !out.checkError();
  }

  private void flush() {
    Map<Long, OutageScan.Corrections> corrected = corrections.apply(some);
    for (OutageView outage : some) {
      lines.write(events.of(outage, corrected.get(Long.valueOf(outage.id()))).toString());
    }
    some.clear();
  }

  /** Writes what is left, and the end. */
  void finish() {
    flush();
    if (taken == 0) {
      lines.write(NO_EVENT);
    }
    lines.write("END:VCALENDAR");
    out.flush();
  }
}
