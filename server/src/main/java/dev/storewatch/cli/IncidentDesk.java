package dev.storewatch.cli;

import dev.storewatch.incident.IncidentView;
import dev.storewatch.incident.MuteBody;
import dev.storewatch.incident.MuteView;
import dev.storewatch.incident.RouteBody;
import dev.storewatch.incident.RouteView;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the commands see incidents, and change what is told: in the data folder, or its server. */
interface IncidentDesk {
  /**
   * Returns incidents, the latest first.
   *
   * @param state {@code open}, {@code ended}, or null for both
   * @param store the id of a store; null for all
   * @param trouble what is wrong; null for all
   */
  List<IncidentView> incidents(
      @Nullable String state, @Nullable String store, @Nullable String trouble, int limit)
      throws IOException;

  /** Returns an incident, with the channels that heard of it. */
  IncidentView incident(String id) throws IOException;

  /** Says that somebody knows of an incident. */
  IncidentView acknowledge(String id, @Nullable String note) throws IOException;

  /** Returns what channels are told of. */
  List<RouteView> routes() throws IOException;

  /** Enters what a channel is told of. */
  RouteView addRoute(RouteBody body) throws IOException;

  /** Deletes a route. */
  void deleteRoute(String id) throws IOException;

  /** Returns the mutes that have not ended. */
  List<MuteView> mutes() throws IOException;

  /** Enters a mute. */
  MuteView addMute(MuteBody body) throws IOException;

  /** Ends a mute now. */
  MuteView endMute(String id) throws IOException;
}
