package dev.storewatch.poll;

import dev.storewatch.input.WrongInput;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of polls.
 *
 * @param pollRetention how long polls are kept, 32 days at least; once a day, older ones are
 *     deleted, a month at a time; without it they are kept for ever
 */
@ConfigurationProperties(prefix = "storewatch")
record PollSettings(@Nullable Duration pollRetention) {
  /** A report on a week with the usual carry limit fits in; less than a month could cut into it. */
  private static final Duration SHORTEST = Duration.ofDays(32);

  /**
   * Checks the settings.
   *
   * @throws WrongInput if polls would be deleted that reports need
   */
  PollSettings {
    if (pollRetention != null && pollRetention.compareTo(SHORTEST) < 0) {
      throw new WrongInput(
          "storewatch.poll-retention is %s: use at least 32 days, for example P400D"
              .formatted(pollRetention));
    }
  }
}
