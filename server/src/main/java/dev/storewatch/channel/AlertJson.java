package dev.storewatch.channel;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Alerts as JSON: as they are kept, and as webhooks get them. Ids are texts, instants and lengths
 * are ISO 8601.
 */
public final class AlertJson {
  /** Reads what a newer version of this program wrote too, on a database that both use. */
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private AlertJson() {}

  /** Returns an alert as JSON. */
  public static String write(Alert alert) {
    return MAPPER.writeValueAsString(alert);
  }

  /** Returns the alert of a JSON that {@link #write} returned. */
  public static Alert read(String json) {
    return MAPPER.readValue(json, Alert.class);
  }
}
