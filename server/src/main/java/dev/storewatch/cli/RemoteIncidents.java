package dev.storewatch.cli;

import dev.storewatch.http.Encoded;
import dev.storewatch.incident.IncidentView;
import dev.storewatch.incident.MuteBody;
import dev.storewatch.incident.MuteView;
import dev.storewatch.incident.RouteBody;
import dev.storewatch.incident.RouteView;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The incidents, routes and mutes of a server, over its HTTP interface. */
final class RemoteIncidents implements IncidentDesk {
  private static final String INCIDENTS = "/api/v1/incidents";
  private static final String ROUTES = "/api/v1/routes";
  private static final String MUTES = "/api/v1/mutes";

  private final RemoteAccess.Channel server;
  private final JsonMapper json;

  /**
   * The incidents of a server.
   *
   * @param json what reads and writes the names of fields as the interface has them
   */
  RemoteIncidents(RemoteAccess.Channel server, JsonMapper json) {
    this.server = server;
    this.json = json;
  }

  private <T> List<T> all(String path, String field, Class<T> type) throws IOException {
    return server
        .send("GET", path, null)
        .path(field)
        .valueStream()
        .map(each -> json.treeToValue(each, type))
        .toList();
  }

  private <T> T post(String path, Object body, Class<T> type) throws IOException {
    JsonNode answer = server.send("POST", path, json.writeValueAsString(body));
    return json.treeToValue(answer, type);
  }

  private static String path(String collection, String id) {
    return collection + "/" + Encoded.segment(id);
  }

  @Override
  public List<IncidentView> incidents(
      @Nullable String state, @Nullable String store, @Nullable String trouble, int limit)
      throws IOException {
    StringBuilder query = new StringBuilder(INCIDENTS + "?limit=" + limit);
    RemoteInstallation.add(query, "state", state);
    RemoteInstallation.add(query, "store", store);
    RemoteInstallation.add(query, "trouble", trouble);
    return all(query.toString(), "incidents", IncidentView.class);
  }

  @Override
  public IncidentView incident(String id) throws IOException {
    return json.treeToValue(server.send("GET", path(INCIDENTS, id), null), IncidentView.class);
  }

  @Override
  public IncidentView acknowledge(String id, @Nullable String note) throws IOException {
    Map<String, String> body = note == null ? Map.of() : Map.of("note", note);
    return post(path(INCIDENTS, id) + "/acknowledge", body, IncidentView.class);
  }

  @Override
  public List<RouteView> routes() throws IOException {
    return all(ROUTES, "routes", RouteView.class);
  }

  @Override
  public RouteView addRoute(RouteBody body) throws IOException {
    return post(ROUTES, body, RouteView.class);
  }

  @Override
  public void deleteRoute(String id) throws IOException {
    var _ = server.send("DELETE", path(ROUTES, id), null);
  }

  @Override
  public List<MuteView> mutes() throws IOException {
    return all(MUTES, "mutes", MuteView.class);
  }

  @Override
  public MuteView addMute(MuteBody body) throws IOException {
    return post(MUTES, body, MuteView.class);
  }

  @Override
  public MuteView endMute(String id) throws IOException {
    return json.treeToValue(server.send("POST", path(MUTES, id) + "/end", null), MuteView.class);
  }
}
