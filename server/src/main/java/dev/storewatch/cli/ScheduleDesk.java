package dev.storewatch.cli;

import dev.storewatch.schedule.ScheduleBody;
import dev.storewatch.schedule.ScheduleView;
import java.io.IOException;
import java.util.List;

/** Where the commands change the schedules of reports: in the data folder, or its server. */
interface ScheduleDesk {
  /** Returns all schedules, in the order in which they were entered. */
  List<ScheduleView> schedules() throws IOException;

  /** Enters a schedule. */
  ScheduleView add(ScheduleBody body) throws IOException;

  /** Has a schedule made and sent as soon as a server can. */
  ScheduleView run(String id) throws IOException;

  /** Deletes a schedule. */
  void delete(String id) throws IOException;

  /** Returns the schedule of a name or an id. */
  default ScheduleView schedule(String nameOrId) throws IOException {
    return schedules().stream()
        .filter(each -> each.name().equals(nameOrId) || each.id().equals(nameOrId))
        .findFirst()
        .orElseThrow(() -> new AlertDesk.Unknown("schedule of reports", nameOrId));
  }
}
