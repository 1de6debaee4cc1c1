package dev.storewatch.alert;

import dev.storewatch.input.WrongInput;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A channel as somebody enters it.
 *
 * @param name what people call it
 * @param kind the word of its kind
 * @param settings what may be shown of how it is set up
 * @param secrets what may not
 * @param perMinute the most messages that it gets in a minute; null for what its kind usually takes
 */
public record ChannelBody(
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "ops-chat") @Nullable String name,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "slack") @Nullable String kind,
    @Schema(description = "By the names that GET /api/v1/channel-kinds lists")
        @Nullable Map<String, @Nullable String> settings,
    @Schema(description = "Likewise; kept encrypted, and never shown again")
        @Nullable Map<String, @Nullable String> secrets,
    @Schema(description = PER_MINUTE) @Nullable Integer perMinute) {
  static final String PER_MINUTE =
      "The most messages that it gets in a minute; what its kind usually takes, if left out";

  private static final String RIGHT =
      "send for example {\"name\": \"ops-chat\", \"kind\": \"slack\", \"secrets\": {\"url\":"
          + " \"https://hooks.slack.com/services/T000/B000/XXXX\"}}";

  String requiredName() {
    return required("name", name);
  }

  String requiredKind() {
    return required("kind", kind);
  }

  private static String required(String field, @Nullable String value) {
    if (value == null) {
      throw new WrongInput("the field %s is missing: %s".formatted(field, RIGHT));
    }
    return value;
  }

  Map<String, String> open() {
    return given(settings);
  }

  Map<String, String> closed() {
    return given(secrets);
  }

  private static Map<String, String> given(@Nullable Map<String, @Nullable String> values) {
    Map<String, String> given = new HashMap<>();
    if (values != null) {
      values.forEach(
          (name, value) -> {
            if (value != null) {
              given.put(name, value);
            }
          });
    }
    return given;
  }

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return "ChannelBody[name=%s, kind=%s, settings=%s]".formatted(name, kind, settings);
  }
}
