package dev.storewatch.store;

import dev.storewatch.hours.LateClose;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of how business hours are read.
 *
 * @param lateCloseAsMidnight whether a closing time of 23:59 or later is read as midnight, where a
 *     request does not say; {@code --late-close-as-midnight} sets it too
 */
@ConfigurationProperties(prefix = "storewatch")
public record HoursSettings(@DefaultValue("false") boolean lateCloseAsMidnight) {
  /** Returns how a closing time of 23:59 or later is read. */
  public LateClose lateClose() {
    return LateClose.asMidnight(lateCloseAsMidnight);
  }
}
