package dev.storewatch.schedule;

import dev.storewatch.http.Caller;
import dev.storewatch.http.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The native interface to the schedules of reports. */
@Tag(name = "report schedules", description = "Reports that are made and sent at local times")
@RestController
@RequestMapping("/api/v1/report-schedules")
class ScheduleApi {
  private static final String ID = "The id of the schedule";

  private final ScheduleBook book;
  private final ScheduleQueue queue;

  ScheduleApi(ScheduleBook book, ScheduleQueue queue) {
    this.book = book;
    this.queue = queue;
  }

  /** All schedules in the order in which they were entered. */
  record ReportSchedules(List<ScheduleView> schedules) {}

  private static <T> T known(Supplier<T> answer) {
    try {
      return answer.get();
    } catch (UnknownSchedule e) {
      throw Problem.notFound(e);
    }
  }

  @Operation(
      summary = "List the schedules of reports, each with what came of it last",
      description = "They are in the order in which they were entered.")
  @ApiResponse(responseCode = "200", description = "The schedules")
  @GetMapping
  ReportSchedules list() {
    return new ReportSchedules(book.list());
  }

  @Operation(summary = "Show a schedule of reports, and what came of it last")
  @ApiResponse(responseCode = "200", description = "The schedule")
  @ApiResponse(responseCode = "404", description = "There is no such schedule")
  @GetMapping("/{id}")
  ScheduleView get(@Parameter(description = ID) @PathVariable String id) {
    return known(() -> book.get(id));
  }

  @Operation(
      summary = "Enter a schedule of reports",
      description =
          "A report or the owner's summary is made for each local date, week or month and sent to a"
              + " channel, or written to a folder of the server. A server that was away at the time"
              + " makes it once when it is back, for the newest time that it missed.")
  @ApiResponse(responseCode = "201", description = "The schedule")
  @ApiResponse(responseCode = "400", description = "The body is invalid")
  @ApiResponse(responseCode = "413", description = "The body is too large")
  @ApiResponse(responseCode = "415", description = "The body is not sent as JSON")
  @PostMapping
  ResponseEntity<ScheduleView> add(Caller caller, @RequestBody ScheduleBody body) {
    ScheduleView added = book.add(caller.name(), body);
    return ResponseEntity.created(URI.create("/api/v1/report-schedules/" + added.id())).body(added);
  }

  @Operation(
      summary = "Make and send a report of a schedule now",
      description = "It is for the instant of the request; the next local time stays.")
  @ApiResponse(responseCode = "202", description = "The schedule, which is made soon")
  @ApiResponse(responseCode = "404", description = "There is no such schedule")
  @PostMapping("/{id}/run")
  ResponseEntity<ScheduleView> run(@Parameter(description = ID) @PathVariable String id) {
    ScheduleView schedule = known(() -> book.run(id));
    queue.wake();
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/report-schedules/" + schedule.id()))
        .body(schedule);
  }

  @Operation(summary = "Delete a schedule of reports; what it has made and sent stays")
  @ApiResponse(responseCode = "204", description = "It is deleted")
  @ApiResponse(responseCode = "404", description = "There is no such schedule")
  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(@Parameter(description = ID) @PathVariable String id) {
    return known(
        () -> {
          book.delete(id);
          return ResponseEntity.noContent().build();
        });
  }
}
