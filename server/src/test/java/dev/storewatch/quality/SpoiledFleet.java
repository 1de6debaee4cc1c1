package dev.storewatch.quality;

import java.util.List;

/**
 * The files of a fleet in which something is wrong with most stores: {@code flagged} has a refused
 * row of hours, {@code no-hours} and {@code no-zone} lack one, {@code shut} was never polled,
 * {@code 123} is polled as {@code 123.0}, and a poll of {@code good} is three days ahead of all
 * others.
 */
public final class SpoiledFleet {
  public static final String POLLS =
      """
      store_id,status,timestamp_utc
      flagged,active,2026-02-02 16:00:00 UTC
      no-hours,active,2026-02-02 16:00:00 UTC
      no-zone,active,2026-02-02 16:00:00 UTC
      123.0,active,2026-02-02 15:30:00 UTC
      good,active,2026-02-02 16:00:00 UTC
      good,active,2026-02-05 16:00:00 UTC
      """;
  public static final String HOURS =
      """
      store_id,day,start_time_local,end_time_local
      good,0,09:00,17:00
      flagged,0,09:00,17:00
      flagged,1,10:00,six
      no-zone,0,09:00,17:00
      123,0,09:00,17:00
      shut,0,09:00,17:00
      """;
  public static final String ZONES =
      """
      store_id,timezone_str
      good,America/New_York
      flagged,America/Chicago
      no-hours,Asia/Kolkata
      123,America/Chicago
      shut,America/Chicago
      """;

  /** All hours that were refused, mended. */
  public static final String MENDED_HOURS =
      """
      store_id,day,start_time_local,end_time_local
      flagged,0,09:00,17:00
      flagged,1,10:00,18:00
      """;

  public static final String LATE =
      "the as-of instant 2026-02-05T16:00:00Z is later than the newest poll of 4 of 5 stores by"
          + " more than the carry limit (P1D): --as-of 2026-02-02T16:00:00Z would be right for"
          + " most; later polls, maybe of a clock that is wrong, have good";

  /** The notices about stores, as texts. */
  public static final List<String> NOTICES =
      List.of(
          "1 store counts on business hours of which rows were refused, until they are mended:"
              + " flagged",
          "2 stores have no business hours, so they are taken to be open all the time: 123.0,"
              + " no-hours",
          "2 stores have no time zone, so they are taken to be in America/Chicago: 123.0, no-zone",
          "1 store is polled but has neither business hours nor a time zone: 123.0; did you mean"
              + " '123' by '123.0'?",
          "2 stores have business hours or a time zone but were never polled: 123, shut");

  public static final String HEADER =
      "late-as-of=4, flagged-hours=1, assumed-hours=2, assumed-zone=2, polled-only=1,"
          + " never-polled=2";

  /** The standard report on the newest poll. */
  public static final String CSV =
      """
      store_id,uptime_last_hour,uptime_last_day,uptime_last_week,\
      downtime_last_hour,downtime_last_day,downtime_last_week
      123.0,0.00,0.00,48.00,0.00,0.00,0.00
      flagged,0.00,0.00,8.00,0.00,0.00,0.00
      good,0.00,0.00,8.00,0.00,0.00,0.00
      no-hours,0.00,0.00,48.00,0.00,0.00,0.00
      no-zone,0.00,0.00,8.00,0.00,0.00,0.00
      """;

  private SpoiledFleet() {}
}
