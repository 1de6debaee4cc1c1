package dev.storewatch.database;

import dev.storewatch.setting.Limits;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much of the disk of the data folder is used.
 *
 * @param freeDiskBytes the room on the disk that is never used
 */
@ConfigurationProperties(prefix = Limits.PREFIX)
record DiskLimits(@DefaultValue("1GB") DataSize freeDiskBytes) {
  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one of them is too small for anything to be let in
   */
  DiskLimits {
    Limits.require(!freeDiskBytes.isNegative(), "free-disk-bytes", freeDiskBytes, "1GB");
  }
}
