package dev.storewatch.dashboard;

import dev.storewatch.cost.Cost;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a store shows.
 *
 * @param id its id
 * @param name what people call it, if it has a name
 * @param state what it is now
 * @param asOf the instant of the newest poll, on its clocks
 * @param clocks its zone, the offset of its clocks, and when that changes next
 * @param tags its tags
 * @param faults what makes its figures uncertain, as sentences
 * @param hours its weekly hours, a line for each weekday with any
 * @param uptimes its uptime up to the newest poll
 * @param days its last days, the latest first
 * @param day the day whose stretches are shown
 * @param outages its outages of the last 30 days, the latest first
 * @param month its real opening days in a month
 * @param form what is said of it, to be changed
 */
public record StorePageView(
    String id,
    @Nullable String name,
    Now state,
    String asOf,
    String clocks,
    Set<String> tags,
    List<String> faults,
    List<String> hours,
    List<Uptime> uptimes,
    List<Day> days,
    Detail day,
    List<Outage> outages,
    MonthView month,
    StoreForm form) {
  /** Returns what was lost in the longest time, by whose rate the page says how it is counted. */
  public @Nullable Cost cost() {
    return uptimes.getLast().cost();
  }

  /** Returns the same with a form that somebody sent, and what is wrong with it. */
  StorePageView with(StoreForm sent) {
    return new StorePageView(
        id, name, state, asOf, clocks, tags, faults, hours, uptimes, days, day, outages, month,
        sent);
  }

  /** Returns the address of the page. */
  public String link() {
    return Fleet.link(id);
  }

  /**
   * The uptime of a stretch of time.
   *
   * @param time what the time is called
   * @param percent the uptime
   * @param up open time up
   * @param down open time down
   * @param unknown open time of which nothing is known
   * @param planned open time in planned closures
   * @param cost what the orders are worth that were lost; null if nobody set what orders there are
   */
  public record Uptime(
      String time,
      Percent percent,
      String up,
      String down,
      String unknown,
      String planned,
      @Nullable Cost cost) {}

  /**
   * A day from midnight to midnight on the clocks of the store.
   *
   * @param date the weekday and the date
   * @param link the address of the page with its stretches
   * @param isShown whether they are shown
   * @param percent the uptime of the day
   * @param strip the day as a bar
   */
  public record Day(String date, String link, boolean isShown, Percent percent, Strip strip) {}

  /**
   * The stretches of a day.
   *
   * @param date the weekday and the date
   * @param strip the day as a bar
   * @param hours where the full hours are in the bar, each with its time of day
   * @param ticks where polls were in the bar
   * @param rule how a status follows from the polls
   * @param stretches its stretches in order, the first of them if there are very many
   * @param all how many there are
   * @param file the address of all of them, for programs
   */
  public record Detail(
      String date,
      Strip strip,
      List<Mark> hours,
      List<Tick> ticks,
      String rule,
      List<Stretch> stretches,
      int all,
      String file) {}

  /**
   * A full hour.
   *
   * @param x where it is in a bar
   * @param time the time of day
   */
  public record Mark(String x, String time) {}

  /**
   * A poll.
   *
   * @param x where it is in a bar
   * @param isActive whether the store was active
   */
  public record Tick(String x, boolean isActive) {}

  /**
   * A stretch of a day.
   *
   * @param x where it begins in the bar
   * @param end where it ends in the bar
   * @param from when it begins, on the clocks of the store, with their offset
   * @param to when it ends
   * @param length how long it is
   * @param state what the store was
   * @param because why, as a sentence without a full stop
   */
  public record Stretch(
      String x, String end, String from, String to, String length, Now state, String because) {}

  /**
   * An outage.
   *
   * @param from when it began, by the rule's estimate
   * @param fromBounds between which polls it began
   * @param to when it ended; null while it goes on
   * @param toBounds between which polls it ended
   * @param open the open time lost
   */
  public record Outage(
      String from, String fromBounds, @Nullable String to, String toBounds, String open) {}
}
