package dev.storewatch.cli;

import dev.storewatch.audit.AuditNote;
import dev.storewatch.audit.AuditTrail;
import dev.storewatch.database.Database;
import dev.storewatch.incident.IncidentBook;
import dev.storewatch.incident.IncidentView;
import dev.storewatch.incident.MuteBody;
import dev.storewatch.incident.MuteView;
import dev.storewatch.incident.RouteBody;
import dev.storewatch.incident.RouteView;
import dev.storewatch.incident.UnknownItem;
import dev.storewatch.input.WrongInput;
import dev.storewatch.store.Scope;
import dev.storewatch.store.UnknownStore;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The incidents, routes and mutes of a database that this process has open. */
final class LocalIncidents implements IncidentDesk {
  private final Database database;
  private final Clock clock;
  private final IncidentBook book;

  LocalIncidents(Database database, Clock clock, IncidentBook book) {
    this.database = database;
    this.clock = clock;
    this.book = book;
  }

  private <T> T audited(String action, @Nullable String target, Supplier<T> change) {
    AuditTrail trail = AuditTrail.open(database);
    long entry = trail.begin(LocalAccess.caller(), clock.instant(), action, target);
    try {
      T changed = change.get();
      trail.end(entry, AuditNote.NONE, "done");
      return changed;
    } catch (WrongInput | UnknownItem | UnknownStore e) {
      trail.end(entry, AuditNote.NONE, "refused");
      throw e;
    }
  }

  private static String by() {
    return LocalAccess.caller().name();
  }

  @Override
  public List<IncidentView> incidents(
      @Nullable String state, @Nullable String store, @Nullable String trouble, int limit) {
    return book.list(Scope.EVERYTHING, state, store, trouble, null, limit).stream()
        .limit(limit)
        .toList();
  }

  @Override
  public IncidentView incident(String id) {
    return book.get(Scope.EVERYTHING, id);
  }

  @Override
  public IncidentView acknowledge(String id, @Nullable String note) {
    return audited(
        "incident.acknowledge", id, () -> book.acknowledge(Scope.EVERYTHING, by(), id, note));
  }

  @Override
  public List<RouteView> routes() {
    return book.routes();
  }

  @Override
  public RouteView addRoute(RouteBody body) {
    return audited("route.enter", null, () -> book.add(by(), body));
  }

  @Override
  public void deleteRoute(String id) {
    var _ =
        audited(
            "route.delete",
            id,
            () -> {
              book.deleteRoute(id);
              return true;
            });
  }

  @Override
  public List<MuteView> mutes() {
    return book.mutes();
  }

  @Override
  public MuteView addMute(MuteBody body) {
    return audited("mute.enter", null, () -> book.mute(by(), body));
  }

  @Override
  public MuteView endMute(String id) {
    return audited("mute.end", id, () -> book.endMute(id));
  }
}
