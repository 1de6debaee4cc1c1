package dev.storewatch.source;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source as somebody enters it, or what changes of one: what is null stays as it is.
 *
 * @param name what people call it
 * @param url where the file is
 * @param every how long after one pull the next one comes; an hour when nothing is said
 * @param dailyAt the time of day at which it is pulled once for each date, instead of every
 * @param zone the zone of that time
 * @param secret where the secret is that the other machine wants
 * @param sentAs how the secret is sent
 * @param kind what the file has to hold
 * @param reading how the file is read where it does not say so itself
 * @param paused whether it is not pulled at the moment
 */
public record SourceBody(
    @Schema(
            description =
                "What people call it; 1 to 100 letters, and no other source may be called so",
            example = "chain")
        @Nullable String name,
    @Schema(
            description = "Where the file is: http or https, without a name and a password",
            example = "https://example.com/polls.csv")
        @Nullable String url,
    @Schema(description = "How often it is pulled, PT1M to P31D", example = "PT1H")
        @Nullable String every,
    @Schema(
            description =
                "The time of day at which it is pulled once for each local date, instead of every",
            example = "02:30")
        @Nullable String dailyAt,
    @Schema(description = "The zone of daily_at", example = "America/Chicago")
        @Nullable String zone,
    @Schema(
            description =
                "Where the secret is: env: and a variable that begins with STOREWATCH_SECRET_, or"
                    + " file: and a file of the folder storewatch.sources.secrets; empty for none",
            example = "env:STOREWATCH_SECRET_CHAIN")
        @Nullable String secret,
    @Schema(
            description = "How the secret is sent: bearer, basic, or the name of a header",
            example = "bearer")
        @Nullable String sentAs,
    @Schema(
            allowableValues = {
              "polls",
              "hours",
              "zones",
              "tags",
              "stores",
              "special-days",
              "closures"
            },
            description = "What the file has to hold; told by its header when it is left out")
        @Nullable String kind,
    @Schema(
            description = "How the file is read, by the names of the parameters of uploads",
            example = "{\"days\": \"monday=1\"}")
        @Nullable Map<String, String> reading,
    @Schema(description = "Whether it is not pulled at the moment") @Nullable Boolean paused) {

  static final String RIGHT =
      "send for example {\"name\": \"chain\", \"url\": \"https://example.com/polls.csv\","
          + " \"every\": \"PT1H\"}";
}
