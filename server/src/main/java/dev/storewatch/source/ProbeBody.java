package dev.storewatch.source;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;

/**
 * How a store is asked whether it is online, as somebody enters it.
 *
 * @param url what is asked for
 * @param status the statuses by which it is online; 200-399 when nothing is said
 * @param text what the answer has to say somewhere
 * @param timeout how long an answer may take; ten seconds when nothing is said
 * @param always whether it is asked outside its business hours too
 */
public record ProbeBody(
    @Schema(
            requiredMode = RequiredMode.REQUIRED,
            description = "What is asked for: http or https, without a name and a password",
            example = "https://example.com/stores/42")
        @Nullable String url,
    @Schema(
            description = "The statuses by which it is online, and ranges of them",
            defaultValue = "200-399",
            example = "200-299,404")
        @Nullable String status,
    @Schema(description = "What the first 256 KB have to say", example = "Order now")
        @Nullable String text,
    @Schema(
            description = "How long an answer may take, PT1S to PT1M",
            defaultValue = "PT10S",
            example = "PT10S")
        @Nullable String timeout,
    @Schema(description = "Whether it is asked outside its business hours too")
        @Nullable Boolean always) {}
