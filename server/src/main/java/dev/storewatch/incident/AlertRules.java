package dev.storewatch.incident;

import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The rules of what people are told, {@code storewatch.alerts.rules.*}. All times but those of the
 * storm are open time of the store.
 *
 * @param downPolls how many inactive polls in a row make a store down
 * @param downFor or how long an outage has lasted
 * @param lateOpening how long after opening a store without an active poll has not opened; {@code
 *     PT0S} for never
 * @param dark how long nothing is heard of a store until that is told; {@code PT0S} for never
 * @param closingSoon how long before closing nothing is begun to be told
 * @param flaps how many outages that began within {@code flap-window} are told as one thing; 0 for
 *     never
 * @param flapWindow the time in which so many outages begin
 * @param groupWait how long a beginning waits for others that are told with it
 * @param manyStores how many stores at least make a storm
 * @param manyPercent and which part of the stores that are open
 * @param stormWindow the time in which all that begins is one storm
 * @param uptimeBelow below which uptime in percent a store is told of; never if it is not set
 * @param uptimeWindow the time of which that uptime is
 * @param lateNews how old the end of an outage may be that is found late and still told
 * @param reminder how long something lasts until it is told again to channels that keep incidents
 *     themselves and may forget them
 * @param lookEvery how often all stores are looked at for what time alone changes
 * @param link where people see more of an incident, with {@code {id}} for its id
 */
@ConfigurationProperties(prefix = AlertRules.PREFIX)
public record AlertRules(
    @DefaultValue("2") int downPolls,
    @DefaultValue("PT1H") Duration downFor,
    @DefaultValue("PT1H30M") Duration lateOpening,
    @DefaultValue("PT3H") Duration dark,
    @DefaultValue("PT30M") Duration closingSoon,
    @DefaultValue("3") int flaps,
    @DefaultValue("PT12H") Duration flapWindow,
    @DefaultValue("PT2M") Duration groupWait,
    @DefaultValue("5") int manyStores,
    @DefaultValue("50") int manyPercent,
    @DefaultValue("PT2H") Duration stormWindow,
    @Nullable Double uptimeBelow,
    @DefaultValue("P7D") Duration uptimeWindow,
    @DefaultValue("P1D") Duration lateNews,
    @DefaultValue("P7D") Duration reminder,
    @DefaultValue("PT15S") Duration lookEvery,
    @Nullable String link) {
  static final String PREFIX = "storewatch.alerts.rules";

  /** The place of the id in a link. */
  private static final String ID = "{id}";

  private static final Duration DAYS_30 = Duration.ofDays(30);

  /**
   * Checks the rules.
   *
   * @throws WrongInput if one is invalid
   */
  public AlertRules {
    check("down-polls", downPolls, 1, 100, "2");
    check("down-for", downFor, Duration.ofMinutes(1), "PT1H");
    check("late-opening", lateOpening, Duration.ZERO, "PT1H30M");
    check("dark", dark, Duration.ZERO, "PT3H");
    check("closing-soon", closingSoon, Duration.ZERO, "PT30M");
    check("flaps", flaps, 0, 100, "3");
    check("flap-window", flapWindow, Duration.ofMinutes(1), "PT12H");
    check("group-wait", groupWait, Duration.ZERO, "PT2M");
    check("many-stores", manyStores, 2, 1_000_000, "5");
    check("many-percent", manyPercent, 1, 100, "50");
    check("storm-window", stormWindow, Duration.ofMinutes(1), "PT2H");
    check("uptime-window", uptimeWindow, Duration.ofHours(1), "P7D");
    check("late-news", lateNews, Duration.ZERO, "P1D");
    check("reminder", reminder, Duration.ofHours(1), "P7D");
    check("look-every", lookEvery, Duration.ofMillis(100), "PT15S");
    if (uptimeBelow != null && !(uptimeBelow > 0 && uptimeBelow <= 100)) {
      throw new WrongInput(
          "%s.uptime-below is %s: use percent from 0 to 100, for example 99.5"
              .formatted(PREFIX, uptimeBelow));
    }
    if (link != null && !link.matches("https?://\\S+")) {
      throw new WrongInput(
          "%s.link is '%s': use an address such as https://watch.example.com/incidents/{id}"
              .formatted(PREFIX, link));
    }
  }

  /** The rules that hold where nothing is set. */
  public static AlertRules usual() {
    return new AlertRules(
        2,
        Duration.ofHours(1),
        Duration.ofMinutes(90),
        Duration.ofHours(3),
        Duration.ofMinutes(30),
        3,
        Duration.ofHours(12),
        Duration.ofMinutes(2),
        5,
        50,
        Duration.ofHours(2),
        null,
        Duration.ofDays(7),
        Duration.ofDays(1),
        Duration.ofDays(7),
        Duration.ofSeconds(15),
        null);
  }

  private static void check(String rule, int value, int least, int most, String example) {
    if (value < least || value > most) {
      throw new WrongInput(
          "%s.%s is %d: use %d to %d, for example %s"
              .formatted(PREFIX, rule, value, least, most, example));
    }
  }

  private static void check(String rule, Duration value, Duration least, String example) {
    if (value.compareTo(least) < 0 || value.compareTo(DAYS_30) > 0) {
      throw new WrongInput(
          "%s.%s is %s: use a duration from %s to P30D, for example %s"
              .formatted(PREFIX, rule, value, least, example));
    }
  }

  /** Returns a rule's length of time in microseconds. */
  static long micros(Duration length) {
    return Micros.of(length);
  }

  /** Returns where people see more of an incident; null if that is not set. */
  @Nullable String linkTo(String incident) {
    return link == null ? null : link.replace(ID, incident);
  }
}
