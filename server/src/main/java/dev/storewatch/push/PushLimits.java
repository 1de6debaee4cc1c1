package dev.storewatch.push;

import dev.storewatch.setting.Limits;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much of pushed polls is accepted.
 *
 * @param pushBytes the largest body of pushed polls
 * @param pushesAtOnce how many bodies of pushed polls may come in at the same time
 */
@ConfigurationProperties(prefix = Limits.PREFIX)
record PushLimits(@DefaultValue("256MB") DataSize pushBytes, @DefaultValue("64") int pushesAtOnce) {
  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one of them is too small for anything to be accepted
   */
  PushLimits {
    Limits.require(pushBytes.toBytes() > 0, "push-bytes", pushBytes, "256MB");
    Limits.require(pushesAtOnce > 0, "pushes-at-once", pushesAtOnce, "64");
  }
}
