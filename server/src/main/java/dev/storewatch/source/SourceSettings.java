package dev.storewatch.source;

import dev.storewatch.input.WrongInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of sources that are pulled, {@code storewatch.sources.*}.
 *
 * @param secrets the folder of the files that sources may name as their secrets; without it secrets
 *     are in the environment alone
 * @param timeout how long one pull may take at most, the file with it
 */
@ConfigurationProperties(prefix = SourceSettings.PREFIX)
public record SourceSettings(@Nullable Path secrets, @DefaultValue("10m") Duration timeout) {
  static final String PREFIX = "storewatch.sources";

  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * Checks the settings.
   *
   * @throws WrongInput if one is invalid
   */
  public SourceSettings {
    if (secrets != null && !Files.isDirectory(secrets)) {
      throw new WrongInput(
          "%s.secrets is %s, which is not a folder: name one, for example /etc/storewatch/secrets"
              .formatted(PREFIX, secrets));
    }
    if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw new WrongInput(
          "%s.timeout is %s: use a duration from 1s to P1D, for example 10m"
              .formatted(PREFIX, timeout));
    }
  }
}
