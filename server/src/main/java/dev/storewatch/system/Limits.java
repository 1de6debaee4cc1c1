package dev.storewatch.system;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much the server takes from outside: settings under {@code storewatch.limits}.
 *
 * @param queuedReports how many reports may wait to be computed
 * @param reportListeners how many clients may listen to the progress of reports at once
 * @param uploadBytes the largest file that may be uploaded, as it is sent
 * @param unpackedBytes what a packed upload may unpack to
 * @param unpackRatio how many times its size an upload may unpack to, beyond the first 64 MB
 * @param pushBytes the largest body of pushed polls
 * @param stores how many stores there may be before pushes and uploads add no more; admins still
 *     may
 * @param pushesAtOnce how many bodies of pushed polls may come in at the same time
 * @param uploadsAtOnce how many files may be uploaded at the same time
 * @param freeDiskBytes the room on the disk that is never used
 * @param rejectsKept how many wrong rows of an import are kept with their text; all are counted
 * @param slowestBytesPerSecond how fast a sender must send, on average over {@code slow-after}; 0
 *     for any speed
 * @param slowAfter the time over which the speed of a sender is averaged
 */
@ConfigurationProperties(prefix = Limits.PREFIX)
public record Limits(
    @DefaultValue("1000") int queuedReports,
    @DefaultValue("1000") int reportListeners,
    @DefaultValue("10GB") DataSize uploadBytes,
    @DefaultValue("50GB") DataSize unpackedBytes,
    @DefaultValue("250") int unpackRatio,
    @DefaultValue("256MB") DataSize pushBytes,
    @DefaultValue("500000") int stores,
    @DefaultValue("64") int pushesAtOnce,
    @DefaultValue("64") int uploadsAtOnce,
    @DefaultValue("1GB") DataSize freeDiskBytes,
    @DefaultValue("1000000") int rejectsKept,
    @DefaultValue("1KB") DataSize slowestBytesPerSecond,
    @DefaultValue("PT30S") Duration slowAfter) {
  static final String PREFIX = "storewatch.limits";

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one of them is too small for anything to be taken
   */
  public Limits {
    require(queuedReports > 0, "queued-reports", queuedReports, "1000");
    require(reportListeners > 0, "report-listeners", reportListeners, "1000");
    require(uploadBytes.toBytes() > 0, "upload-bytes", uploadBytes, "10GB");
    require(unpackedBytes.toBytes() > 0, "unpacked-bytes", unpackedBytes, "50GB");
    require(unpackRatio > 0, "unpack-ratio", unpackRatio, "250");
    require(pushBytes.toBytes() > 0, "push-bytes", pushBytes, "256MB");
    require(stores > 0, "stores", stores, "500000");
    require(pushesAtOnce > 0, "pushes-at-once", pushesAtOnce, "64");
    require(uploadsAtOnce > 0, "uploads-at-once", uploadsAtOnce, "64");
    require(!freeDiskBytes.isNegative(), "free-disk-bytes", freeDiskBytes, "1GB");
    require(rejectsKept >= 0, "rejects-kept", rejectsKept, "1000000");
    require(
        !slowestBytesPerSecond.isNegative(),
        "slowest-bytes-per-second",
        slowestBytesPerSecond,
        "1KB");
    require(slowAfter.isPositive(), "slow-after", slowAfter, "30s");
  }

  private static void require(boolean right, String setting, Object value, String example) {
    if (!right) {
      throw new IllegalArgumentException(
          "%s.%s is %s: use more, for example %s".formatted(PREFIX, setting, value, example));
    }
  }

  /** Returns a size as people say it: {@code 10 GB}. */
  public static String words(DataSize size) {
    String[] units = {"bytes", "KB", "MB", "GB", "TB"};
    long amount = size.toBytes();
    int unit = 0;
    while (amount >= 1024 && amount % 1024 == 0 && unit < units.length - 1) {
      amount /= 1024;
      unit++;
    }
    return amount + " " + units[unit];
  }
}
