package dev.storewatch.source;

import dev.storewatch.file.ReadOptions;
import dev.storewatch.input.WrongInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the watched folder, {@code storewatch.inbox.*}.
 *
 * @param folder the folder whose files are imported; without it {@code inbox} in the data folder
 * @param settled how long a file has to stay as it is before it is taken to be complete
 * @param kept how long files that were imported stay in {@code done}; those in {@code failed} stay
 *     until somebody takes them away
 * @param reading how the files are read where they do not say so themselves, by the names of the
 *     parameters of uploads: {@code days}, {@code columns}, {@code statuses}, {@code time}, {@code
 *     time-zone} and {@code known-stores-only}
 */
@ConfigurationProperties(prefix = InboxSettings.PREFIX)
public record InboxSettings(
    @Nullable Path folder,
    @DefaultValue("10s") Duration settled,
    @DefaultValue("P30D") Duration kept,
    @DefaultValue Map<String, String> reading) {
  static final String PREFIX = "storewatch.inbox";

  private static final Duration LONGEST = Duration.ofDays(36_500);

  /**
   * Checks the settings.
   *
   * @throws WrongInput if one is invalid
   */
  public InboxSettings {
    reading = Map.copyOf(reading);
    if (settled.compareTo(Duration.ofSeconds(1)) < 0 || settled.compareTo(LONGEST) > 0) {
      throw new WrongInput(
          "%s.settled is %s: use a second at least, for example 10s".formatted(PREFIX, settled));
    }
    if (kept.compareTo(Duration.ofHours(1)) < 0 || kept.compareTo(LONGEST) > 0) {
      throw new WrongInput(
          "%s.kept is %s: use a duration from PT1H to P36500D, for example P30D"
              .formatted(PREFIX, kept));
    }
    checkReading(reading);
  }

  private static void checkReading(Map<String, String> reading) {
    for (String name : reading.keySet()) {
      if (!ReadOptions.NAMES.contains(name)) {
        throw new WrongInput(
            "there is no %s.reading.%s: there are %s, for example %s.reading.days: monday=1"
                .formatted(PREFIX, name, String.join(", ", ReadOptions.NAMES), PREFIX));
      }
    }
    try {
      var _ = ReadOptions.of(reading);
    } catch (WrongInput e) {
      throw new WrongInput("%s.reading: %s".formatted(PREFIX, e.getMessage()), e);
    }
  }

  /** Returns how the files are read. */
  ReadOptions options() {
    return ReadOptions.of(reading);
  }
}
