package dev.storewatch.cli;

import dev.storewatch.http.Encoded;
import dev.storewatch.schedule.ScheduleBody;
import dev.storewatch.schedule.ScheduleView;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The schedules of reports of a server, over its HTTP interface. */
final class RemoteSchedules implements ScheduleDesk {
  private static final String PATH = "/api/v1/report-schedules";

  private final RemoteAccess.Channel server;
  private final JsonMapper json;

  /**
   * The schedules of a server.
   *
   * @param json what reads and writes the names of fields as the interface has them
   */
  RemoteSchedules(RemoteAccess.Channel server, JsonMapper json) {
    this.server = server;
    this.json = json;
  }

  private static String path(String id) {
    return PATH + "/" + Encoded.segment(id);
  }

  @Override
  public List<ScheduleView> schedules() throws IOException {
    return server
        .send("GET", PATH, null)
        .path("schedules")
        .valueStream()
        .map(each -> json.treeToValue(each, ScheduleView.class))
        .toList();
  }

  @Override
  public ScheduleView add(ScheduleBody body) throws IOException {
    return json.treeToValue(
        server.send("POST", PATH, json.writeValueAsString(body)), ScheduleView.class);
  }

  @Override
  public ScheduleView run(String id) throws IOException {
    return json.treeToValue(server.send("POST", path(id) + "/run", null), ScheduleView.class);
  }

  @Override
  public void delete(String id) throws IOException {
    var _ = server.send("DELETE", path(id), null);
  }
}
