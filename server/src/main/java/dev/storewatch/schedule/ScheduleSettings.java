package dev.storewatch.schedule;

import dev.storewatch.input.WrongInput;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of reports at local times, {@code storewatch.report-schedules.*}.
 *
 * @param folder the folder below which reports may be written, an absolute path; none without it.
 *     Servers that share a database all need it
 * @param link where people see a report, with {@code {id}} for its id, for example {@code
 *     https://storewatch.example.com/reports/{id}}; messages have no link without it
 */
@ConfigurationProperties(prefix = ScheduleSettings.PREFIX)
record ScheduleSettings(@Nullable Path folder, @Nullable String link) {
  static final String PREFIX = "storewatch.report-schedules";
  private static final String ID = "{id}";

  /**
   * Checks the settings.
   *
   * @throws WrongInput if one is invalid
   */
  ScheduleSettings {
    if (folder != null && !folder.isAbsolute()) {
      throw new WrongInput(
          "%s.folder is %s: use an absolute path, for example /var/lib/storewatch/reports"
              .formatted(PREFIX, folder));
    }
    if (link != null && !(link.matches("https?://\\S+") && link.contains(ID))) {
      throw new WrongInput(
          "%s.link is '%s': use an address with {id} in it, for example https://storewatch.example.com/reports/{id}"
              .formatted(PREFIX, link));
    }
  }

  /** Returns where people see a report; null if that is not set. */
  @Nullable String linkTo(String report) {
    return link == null ? null : link.replace(ID, report);
  }
}
