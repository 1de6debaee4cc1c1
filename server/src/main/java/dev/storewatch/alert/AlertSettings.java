package dev.storewatch.alert;

import dev.storewatch.input.WrongInput;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of alerts, {@code storewatch.alerts.*}.
 *
 * @param key what encrypts the secrets of channels: 32 bytes in base64, or {@code file:} and the
 *     path of a file with them. Without it a server with a data folder makes one there, in {@code
 *     alerts.key}; servers that share a database all need the same
 * @param oldKeys keys that were used before, in the same form: what they encrypted is encrypted
 *     with the new one when the server starts
 * @param giveUpAfter how long a message is tried that its channel does not take, before it is dead;
 *     a dead one can be sent again by hand
 * @param deliveryRetention how long messages are kept after they were sent, or are dead
 */
@ConfigurationProperties(prefix = AlertSettings.PREFIX)
public record AlertSettings(
    @Nullable String key,
    @DefaultValue List<String> oldKeys,
    @DefaultValue("P3D") Duration giveUpAfter,
    @DefaultValue("P30D") Duration deliveryRetention) {
  /** The name of the key in the environment. */
  public static final String IN_ENVIRONMENT = "STOREWATCH_ALERTS_KEY";

  static final String PREFIX = "storewatch.alerts";

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /**
   * Checks the settings.
   *
   * @throws WrongInput if one is invalid
   */
  public AlertSettings {
    oldKeys = List.copyOf(oldKeys);
    check("give-up-after", giveUpAfter, "P3D");
    check("delivery-retention", deliveryRetention, "P30D");
  }

  /** Returns the settings of a command, which sends nothing itself. */
  public static AlertSettings ofCommand(@Nullable String key) {
    return new AlertSettings(key, List.of(), Duration.ofDays(3), Duration.ofDays(30));
  }

  private static void check(String setting, Duration value, String example) {
    if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
      throw new WrongInput(
          "%s.%s is %s: use a duration from %s to P%dD, for example %s"
              .formatted(PREFIX, setting, value, SHORTEST, LONGEST.toDays(), example));
    }
  }

  /** Leaves the keys out. */
  @Override
  public String toString() {
    return "AlertSettings[giveUpAfter=%s, deliveryRetention=%s]"
        .formatted(giveUpAfter, deliveryRetention);
  }
}
