package dev.storewatch.source;

import dev.storewatch.input.WrongInput;
import dev.storewatch.outgoing.Target;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the prober, {@code storewatch.prober.*}.
 *
 * @param enabled whether stores that have an address are asked whether they are online
 * @param every how often each is asked
 * @param atOnce how many are asked at the same time; one at a time of each host
 * @param retries how often a store is asked again before a poll says that it is inactive
 * @param pause how long after one try the next comes
 * @param references addresses that always answer, such as {@code https://example.com}: when none of
 *     them does, it is the network of the prober that is away, and it writes nothing
 * @param robots whether the {@code robots.txt} of a host is respected
 */
@ConfigurationProperties(prefix = ProberSettings.PREFIX)
public record ProberSettings(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("15m") Duration every,
    @DefaultValue("50") int atOnce,
    @DefaultValue("2") int retries,
    @DefaultValue("20s") Duration pause,
    @DefaultValue List<String> references,
    @DefaultValue("true") boolean robots) {
  static final String PREFIX = "storewatch.prober";

  private static final int MOST_AT_ONCE = 200;
  private static final int MOST_RETRIES = 10;

  /**
   * Checks the settings.
   *
   * @throws WrongInput if one is invalid
   */
  public ProberSettings {
    references = List.copyOf(references);
    require(
        every.compareTo(Duration.ofMinutes(1)) >= 0 && every.compareTo(Duration.ofDays(1)) <= 0,
        "every",
        every,
        "1m to 1d, for example 15m");
    require(atOnce >= 1 && atOnce <= MOST_AT_ONCE, "at-once", atOnce, "1 to 200, for example 50");
    require(retries >= 0 && retries <= MOST_RETRIES, "retries", retries, "0 to 10, for example 2");
    require(
        !pause.isNegative() && pause.compareTo(Duration.ofMinutes(5)) <= 0,
        "pause",
        pause,
        "0s to 5m, for example 20s");
    for (String reference : references) {
      var _ = Target.parse(PREFIX + ".references", reference);
    }
    if (enabled && references.isEmpty()) {
      throw new WrongInput(
          "%s.references is missing: name an address that always answers, so that a network which is away is not taken for stores that are down, for example https://example.com"
              .formatted(PREFIX));
    }
  }

  private static void require(boolean right, String name, Object value, String use) {
    if (!right) {
      throw new WrongInput("%s.%s is %s: use %s".formatted(PREFIX, name, value, use));
    }
  }
}
