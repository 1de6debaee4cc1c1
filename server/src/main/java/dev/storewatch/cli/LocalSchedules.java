package dev.storewatch.cli;

import dev.storewatch.audit.AuditNote;
import dev.storewatch.audit.AuditTrail;
import dev.storewatch.database.Database;
import dev.storewatch.input.WrongInput;
import dev.storewatch.schedule.ScheduleBody;
import dev.storewatch.schedule.ScheduleBook;
import dev.storewatch.schedule.ScheduleView;
import dev.storewatch.schedule.UnknownSchedule;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The schedules of a database that this process has open, and makes nothing for. */
final class LocalSchedules implements ScheduleDesk {
  private final Database database;
  private final Clock clock;
  private final ScheduleBook book;

  LocalSchedules(Database database, Clock clock, ScheduleBook book) {
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
    } catch (WrongInput | UnknownSchedule e) {
      trail.end(entry, AuditNote.NONE, "refused");
      throw e;
    }
  }

  @Override
  public List<ScheduleView> schedules() {
    return book.list();
  }

  @Override
  public ScheduleView add(ScheduleBody body) {
    return audited(
        "report-schedule.enter", null, () -> book.add(LocalAccess.caller().name(), body));
  }

  @Override
  public ScheduleView run(String id) {
    return audited("report-schedule.run", id, () -> book.run(id));
  }

  @Override
  public void delete(String id) {
    var _ =
        audited(
            "report-schedule.delete",
            id,
            () -> {
              book.delete(id);
              return true;
            });
  }
}
