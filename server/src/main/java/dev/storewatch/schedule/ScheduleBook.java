package dev.storewatch.schedule;

import dev.storewatch.alert.ChannelBook;
import dev.storewatch.alert.Deliveries;
import dev.storewatch.database.Database;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The schedules of reports, as people enter, see and delete them. */
public final class ScheduleBook {
  private static final int MOST = 1_000;
  private static final int LONGEST_NAME = 100;

  /** The kinds of channels that take files. */
  private static final Set<String> KINDS = Set.of("email", "webhook");

  /** Names of folders that every system has, none of which leads upwards. */
  private static final Pattern FOLDER =
      Pattern.compile("(?!\\.)[\\w .-]{1,100}(?:/(?!\\.)[\\w .-]{1,100}){0,4}");

  private final Database database;
  private final SqlSchedules schedules;
  private final Deliveries deliveries;
  private final Clock clock;

  /** The schedules of a database. */
  public ScheduleBook(Database database, Deliveries deliveries, Clock clock) {
    this.database = database;
    this.schedules = new SqlSchedules(database);
    this.deliveries = deliveries;
    this.clock = clock;
  }

  /** Returns all schedules, in the order in which they were entered. */
  public List<ScheduleView> list() {
    return schedules.all().stream().map(this::view).toList();
  }

  /**
   * Returns a schedule.
   *
   * @throws UnknownSchedule if there is none of the id
   */
  public ScheduleView get(String id) {
    return view(find(id));
  }

  private ReportSchedule find(String id) {
    return schedules.find(id).orElseThrow(() -> new UnknownSchedule(id));
  }

  private ScheduleView view(ReportSchedule schedule) {
    ReportSchedule.Last last = schedule.last();
    String delivery = last == null ? null : last.delivery();
    return ScheduleView.of(
        schedule, delivery == null ? null : deliveries.find(delivery).orElse(null));
  }

  /**
   * Enters a schedule, whose first time is the next one.
   *
   * @param by who does
   * @throws WrongInput if something is missing or wrong, or there are too many
   */
  public ScheduleView add(@Nullable String by, ScheduleBody body) {
    LocalTimes times = LocalTimes.parse(body.every(), body.day(), body.at(), body.zone());
    long now = Micros.of(clock.instant());
    ReportSchedule schedule =
        new ReportSchedule(
            UUID.randomUUID().toString(),
            name(body.name()),
            times,
            Wanted.of(body),
            channel(body),
            body.channel() == null ? folder(body.folder()) : null,
            now,
            by,
            times.next(now),
            null,
            0,
            null);
    schedules.add(schedule, MOST);
    return get(schedule.id());
  }

  private static String name(@Nullable String text) {
    String name = text == null ? "" : text.strip();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new WrongInput(
          "name is not what a schedule can be called: use 1 to %d printable characters, for example Monthly summary"
              .formatted(LONGEST_NAME));
    }
    return name;
  }

  private @Nullable String channel(ScheduleBody body) {
    String id = body.channel();
    if ((id == null) == (body.folder() == null)) {
      throw new WrongInput(
          "a schedule sends to a channel or writes to a folder: name one of channel and folder");
    }
    if (id == null) {
      return null;
    }
    String kind = ChannelBook.kindsOf(database).get(id);
    if (kind == null) {
      throw new WrongInput(
          "there is no channel with the id %s: list the channels at /api/v1/channels"
              .formatted(id));
    }
    if (!KINDS.contains(kind)) {
      throw new WrongInput(
          "the channel is of the kind %s, which takes no files: use one of the kind email or webhook"
              .formatted(kind));
    }
    return id;
  }

  private static @Nullable String folder(@Nullable String text) {
    if (text == null || !FOLDER.matcher(text).matches()) {
      throw new WrongInput(
          "folder is '%s': use a name of letters, digits and - without .. , for example monthly"
              .formatted(text));
    }
    return text;
  }

  /**
   * Has a schedule made and sent as soon as a server can, for this instant; its next local time
   * stays.
   *
   * @throws UnknownSchedule if there is none of the id
   */
  public ScheduleView run(String id) {
    ReportSchedule _ = find(id);
    var _ = schedules.runAt(id, Micros.of(clock.instant()));
    return get(id);
  }

  /**
   * Deletes a schedule. What it has made and sent stays.
   *
   * @throws UnknownSchedule if there is none of the id
   */
  public void delete(String id) {
    if (!schedules.delete(id)) {
      throw new UnknownSchedule(id);
    }
  }
}
