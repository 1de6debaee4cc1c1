package dev.storewatch.schedule;

import dev.storewatch.alert.Deliveries;
import dev.storewatch.channel.Alert;
import dev.storewatch.channel.Attachment;
import dev.storewatch.channel.Subject;
import dev.storewatch.channel.Times;
import dev.storewatch.database.Database;
import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.hours.Zone;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.store.UnknownStore;
import dev.storewatch.work.WorkQueue;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schedules whose time has come, each made and sent by one of the servers that share the
 * database.
 *
 * <p>What cannot be made is tried again after a minute, then after twice the time and so on, up to
 * an hour, until a day after its time or its next time comes. What is wrong for good, such as a tag
 * that no store has any more, is not tried again before the next time.
 */
final class ScheduleQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduleQueue.class);

  private static final WorkQueue.Settings SETTINGS =
      new WorkQueue.Settings("report-schedule", 1, Duration.ofSeconds(15));

  private static final long FIRST_PAUSE = 60 * Micros.SECOND;
  private static final int MOST_DOUBLINGS = 6;
  private static final int LONGEST_DETAIL = 500;

  private final SqlSchedules schedules;
  private final Maker maker;
  private final Deliveries deliveries;
  private final ReportFolder folder;
  private final ScheduleSettings settings;
  private final Clock clock;
  private final WorkQueue<String, Running> queue;

  /** The schedules of a database, none of which is made before {@link #start}. */
  ScheduleQueue(
      Database database,
      Maker maker,
      Deliveries deliveries,
      ScheduleSettings settings,
      Clock clock) {
    this.schedules = new SqlSchedules(database);
    this.maker = maker;
    this.deliveries = deliveries;
    this.folder = new ReportFolder(settings.folder());
    this.settings = settings;
    this.clock = clock;
    this.queue = new WorkQueue<>(database.isShared(), SETTINGS, new Due());
  }

  /** Takes over what servers left that are gone, and begins to make what is due. */
  void start() {
    queue.start();
  }

  /** Looks for schedules whose time has come. */
  void wake() {
    queue.wake();
  }

  private long now() {
    return Micros.of(clock.instant());
  }

  /** The schedules whose time has come. */
  private final class Due implements WorkQueue.Source<String, Running> {
    @Override
    public Optional<Running> claim() {
      return schedules.claim(now()).map(Running::new);
    }

    @Override
    public int takeOver() {
      return schedules.requeueAbandoned();
    }

    @Override
    public void releaseAllBut(Collection<String> ids) {
      schedules.releaseAllBut(ids);
    }
  }

  /** A schedule that this process makes. */
  private final class Running implements WorkQueue.Task<String> {
    private final ReportSchedule schedule;
    private final long due;
    private volatile boolean lost;

    Running(ReportSchedule schedule) {
      this.schedule = schedule;
      this.due = due(schedule, now());
    }

    @Override
    public String key() {
      return schedule.id();
    }

    @Override
    public void run() {
      try {
        if (ZoneTable.inUse().find(schedule.times().zone()) == null) {
          throw new WrongInput(
              "the table of time zones in use does not have %s".formatted(schedule.times().zone()));
        }
        Optional<Made> made = maker.make(schedule, due, () -> lost || queue.isStopping());
        if (made.isPresent()) {
          deliver(made.get());
        }
      } catch (DatabaseUnavailable e) {
        throw e;
      } catch (WrongInput | UnknownStore e) {
        failed(String.valueOf(e.getMessage()));
      } catch (Maker.NotNow | IOException e) {
        retry(String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        LOG.error("the schedule {} could not be made", schedule.name(), e);
        retry(e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }

    private void deliver(Made made) throws IOException {
      String channel = schedule.channel();
      if (channel == null) {
        var path =
            folder.write(
                Objects.requireNonNull(schedule.folder()), made.name(), made.content().bytes());
        end("written", path.toString(), made.report(), null);
      } else {
        boolean fits = made.content().bytes().length <= Attachment.MOST_BYTES;
        Deliveries.Order order =
            new Deliveries.Order(
                alert(made, fits),
                channel,
                fits ? new Attachment(made.name(), made.type(), made.content().bytes()) : null);
        end("sent", made.words().title(), made.report(), order);
      }
    }

    private Alert alert(Made made, boolean fits) {
      Zone zone = ZoneTable.inUse().zone(schedule.times().zone());
      OffsetDateTime asOf = zone.wallClock(Micros.toInstant(due));
      OffsetDateTime from = made.from() == null ? asOf : zone.wallClock(made.from());
      OffsetDateTime to =
          made.from() == null || made.to() == null ? null : zone.wallClock(made.to());
      String report = made.report();
      String link = report == null ? null : settings.linkTo(report);
      return new Alert(
          "report-schedule-%s-%d".formatted(schedule.id(), due),
          Alert.Kind.REPORT,
          Alert.Trouble.NONE,
          new Subject(made.words().title(), Math.max(1, made.stores()), List.of()),
          new Times(
              from, to, to == null ? Duration.ZERO : Duration.between(from, to), null, null, null),
          null,
          fits
              ? made.words().note()
              : "%s; the file of %,d bytes is too large for a message: download it from the server"
                  .formatted(made.words().note(), made.content().bytes().length),
          link == null ? null : URI.create(link));
    }

    private void end(
        String outcome, String detail, @Nullable String report, Deliveries.@Nullable Order order) {
      boolean _ =
          schedules.end(
              schedule.id(),
              last(outcome, detail, report),
              schedule.times().next(due),
              deliveries,
              order);
    }

    private ReportSchedule.Last last(String outcome, String detail, @Nullable String report) {
      String said =
          detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) + "…" : detail;
      return new ReportSchedule.Last(now(), due, outcome, said, report, null);
    }

    private void failed(String reason) {
      LOG.warn("the schedule {} is not made: {}", schedule.name(), reason);
      end("failed", reason, null, null);
    }

    private void retry(String reason) {
      long pause = FIRST_PAUSE << Math.min(schedule.failures(), MOST_DOUBLINGS);
      long again = now() + Math.min(pause, Micros.HOUR);
      if (again > due + Micros.DAY) {
        failed("given up after %d tries: %s".formatted(schedule.failures() + 1, reason));
        return;
      }
      if (schedule.failures() == 0) {
        LOG.warn("the schedule {} is tried again: {}", schedule.name(), reason);
      }
      boolean _ =
          schedules.retry(
              schedule.id(), last("failed", reason, null), again, schedule.failures() + 1);
    }

    @Override
    public boolean isWanted() {
      return !lost;
    }

    @Override
    public boolean keepProgress() {
      return schedules.keepProgress(key());
    }

    @Override
    public void giveUp() {
      lost = true;
    }
  }

  /**
   * Returns the instant for which a schedule is made: the newest of its times that has come, or a
   * later one that somebody asks for.
   */
  static long due(ReportSchedule schedule, long now) {
    Long asked = schedule.due();
    long newest =
        schedule.next() <= now ? schedule.times().last(schedule.next(), now) : Long.MIN_VALUE;
    return asked == null
        ? Math.max(newest, Math.min(schedule.next(), now))
        : Math.max(asked, newest);
  }

  @Override
  public void close() {
    queue.close();
  }
}
