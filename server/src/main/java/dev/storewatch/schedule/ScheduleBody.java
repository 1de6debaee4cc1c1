package dev.storewatch.schedule;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as somebody enters it.
 *
 * @param name what people call it
 * @param every how often: day, week or month
 * @param day of the week from Monday, 1, on, or of the month
 * @param at the time of day
 * @param zone the zone of that time
 * @param what report or summary
 * @param windows the windows; of a summary one
 * @param stores the ids of stores; of a summary one at most
 * @param tags the tags that the stores have
 * @param groupBy what the groups of totals are made by
 * @param format csv or json for a report
 * @param channel the id of the channel that it is sent to
 * @param folder the folder that it is written to, instead of a channel
 */
public record ScheduleBody(
    @Schema(description = "What people call it, 1 to 100 letters", example = "Monthly summary")
        @Nullable String name,
    @Schema(
            allowableValues = {"day", "week", "month"},
            description = "How often; once for each local date whatever the clocks do")
        @Nullable String every,
    @Schema(
            description =
                "The day of the week from Monday, 1, on, or of the month; 1 if it is left out. A"
                    + " month that is too short has its last day",
            minimum = "1",
            maximum = "31")
        @Nullable Integer day,
    @Schema(description = "The time of day", example = "06:00") @Nullable String at,
    @Schema(description = "The zone of its clocks", example = "Europe/Berlin")
        @Nullable String zone,
    @Schema(
            allowableValues = {"report", "summary"},
            description = "What is made: a report, or the owner's summary as PDF")
        @Nullable String what,
    @Schema(
            description =
                "The windows, up to the instant at which it is due: last-month for a summary, the"
                    + " last hour, day and week for a report if they are left out",
            example = "[\"last-month\"]")
        @Nullable List<String> windows,
    @Schema(description = "The ids of stores, of a summary one; every store if left out")
        @Nullable List<String> stores,
    @Schema(description = "The tags that the stores have, all of them") @Nullable List<String> tags,
    @Schema(description = "What tags begin with, which make groups of totals in a report")
        @Nullable List<String> groupBy,
    @Schema(
            allowableValues = {"csv", "json", "pdf"},
            description = "The form: csv or json of a report, pdf of a summary")
        @Nullable String format,
    @Schema(
            description =
                "The id of a channel of the kind email or webhook, to which it is sent with the"
                    + " file")
        @Nullable String channel,
    @Schema(
            description =
                "Instead of a channel: a folder below storewatch.report-schedules.folder, to which"
                    + " it is written",
            example = "monthly")
        @Nullable String folder) {}
