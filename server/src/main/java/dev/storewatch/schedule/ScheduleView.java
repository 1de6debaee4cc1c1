package dev.storewatch.schedule;

import dev.storewatch.alert.Delivery;
import dev.storewatch.interval.Micros;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as it is shown.
 *
 * @param next the next local time that it is for
 * @param last what came of it last; null before the first time
 */
public record ScheduleView(
    String id,
    String name,
    @Schema(allowableValues = {"day", "week", "month"}) String every,
    @Nullable Integer day,
    @Schema(example = "06:00") String at,
    String zone,
    @Schema(allowableValues = {"report", "summary"}) String what,
    List<String> windows,
    @Nullable List<String> stores,
    List<String> tags,
    List<String> groupBy,
    @Schema(allowableValues = {"csv", "json", "pdf"}) String format,
    @Nullable String channel,
    @Nullable String folder,
    Instant enteredAt,
    @Nullable String enteredBy,
    Instant next,
    @Nullable Last last) {
  /**
   * What came of a schedule.
   *
   * @param at when
   * @param due the instant for which it was made
   * @param outcome sent: it is on its way by a channel; written: it lies in the folder; failed
   * @param detail more of that
   * @param report the id of the report; null for a summary
   * @param delivery the id of the message to the channel; null for a folder
   * @param deliveryState how far the message is; null if it is not kept any more
   */
  public record Last(
      Instant at,
      Instant due,
      @Schema(allowableValues = {"sent", "written", "failed"}) String outcome,
      String detail,
      @Nullable String report,
      @Nullable String delivery,
      @Schema(allowableValues = {"queued", "running", "delivered", "accepted", "dead", "skipped"})
          @Nullable String deliveryState) {}

  static ScheduleView of(ReportSchedule schedule, @Nullable Delivery delivery) {
    LocalTimes times = schedule.times();
    Wanted wanted = schedule.wanted();
    ReportSchedule.Last last = schedule.last();
    return new ScheduleView(
        schedule.id(),
        schedule.name(),
        times.every().word(),
        times.every() == LocalTimes.Every.DAY ? null : (Integer) times.day(),
        times.at().toString(),
        times.zone(),
        wanted.word(),
        wanted.windows(),
        wanted.stores(),
        wanted.tags(),
        wanted.groupBy(),
        wanted.format(),
        schedule.channel(),
        schedule.folder(),
        Micros.toInstant(schedule.enteredAt()),
        schedule.enteredBy(),
        Micros.toInstant(schedule.next()),
        last == null
            ? null
            : new Last(
                Micros.toInstant(last.at()),
                Micros.toInstant(last.due()),
                last.outcome(),
                last.detail(),
                last.report(),
                last.delivery(),
                delivery == null ? null : delivery.state().word()));
  }
}
