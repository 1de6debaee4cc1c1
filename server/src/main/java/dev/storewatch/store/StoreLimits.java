package dev.storewatch.store;

import dev.storewatch.setting.Limits;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many stores there may be: all of them are held in memory.
 *
 * @param stores how many stores there may be before pushes and uploads add no more; admins still
 *     may
 */
@ConfigurationProperties(prefix = Limits.PREFIX)
public record StoreLimits(@DefaultValue("500000") int stores) {
  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one of them is too small for anything to be let in
   */
  public StoreLimits {
    Limits.require(stores > 0, "stores", stores, "500000");
  }
}
