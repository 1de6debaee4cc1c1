package dev.storewatch.http;

import dev.storewatch.setting.Limits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of how slowly a body may come that is read as a stream.
 *
 * @param slowestBytesPerSecond how fast a sender must send, on average over {@code slow-after}; 0
 *     for any speed
 * @param slowAfter the time over which the speed of a sender is averaged
 */
@ConfigurationProperties(prefix = Limits.PREFIX)
public record SenderLimits(
    @DefaultValue("1KB") DataSize slowestBytesPerSecond,
    @DefaultValue("PT30S") Duration slowAfter) {
  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one of them is too small for anything to be let in
   */
  public SenderLimits {
    Limits.require(
        !slowestBytesPerSecond.isNegative(),
        "slowest-bytes-per-second",
        slowestBytesPerSecond,
        "1KB");
    Limits.require(slowAfter.isPositive(), "slow-after", slowAfter, "30s");
  }
}
