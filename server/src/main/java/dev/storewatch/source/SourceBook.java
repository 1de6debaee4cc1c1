package dev.storewatch.source;

import dev.storewatch.database.Database;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.importing.Imports;
import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.Durations;
import dev.storewatch.outgoing.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The sources that are pulled, as people enter, change and delete them. */
public final class SourceBook {
  private static final int MOST = 1_000;
  private static final int LONGEST_NAME = 100;
  private static final Duration USUAL = Duration.ofHours(1);

  private final SqlSources sources;
  private final Imports imports;
  private final Clock clock;

  /** The sources of a database. */
  public SourceBook(Database database, Imports imports, Clock clock) {
    this.sources = new SqlSources(database);
    this.imports = imports;
    this.clock = clock;
  }

  /** Returns all sources, in the order in which they were entered. */
  public List<SourceView> list() {
    return sources.all().stream().map(this::view).toList();
  }

  /**
   * Returns a source.
   *
   * @throws UnknownSource if there is none of the id
   */
  public SourceView get(String id) {
    return view(find(id));
  }

  /** Returns how many sources failed at their last pull. */
  public int countFailing() {
    return sources.countFailing();
  }

  private SqlSources.Row find(String id) {
    return sources.find(id).orElseThrow(() -> new UnknownSource(id));
  }

  private SourceView view(SqlSources.Row row) {
    String importId = row.last().importId();
    ImportRun run = importId == null ? null : imports.find(importId).orElse(null);
    return SourceView.of(row.source(), row.last(), run);
  }

  /**
   * Enters a source, which is pulled soon for the first time.
   *
   * @param by who does
   * @throws WrongInput if something is missing or wrong, or there are too many
   * @throws NameTaken if another one has the name
   */
  public SourceView add(@Nullable String by, SourceBody body) {
    if (body.name() == null || body.url() == null) {
      throw new WrongInput(
          "the field %s is missing: %s"
              .formatted(body.name() == null ? "name" : "url", SourceBody.RIGHT));
    }
    Instant now = now();
    PulledSource source =
        new PulledSource(
            UUID.randomUUID().toString(),
            name(body.name()),
            Target.parse("url", body.url()),
            timing(body, new Timing.Every(USUAL)),
            secret(body, null),
            sentAs(body, SentAs.BEARER),
            kind(body, null),
            options(body, ReadOptions.NONE),
            Boolean.TRUE.equals(body.paused()),
            now,
            by);
    sources.add(source, LastPull.none(now), MOST);
    return get(source.id());
  }

  /**
   * Changes a source: what is null stays as it is.
   *
   * @throws WrongInput if something is wrong
   * @throws UnknownSource if there is none of the id
   * @throws NameTaken if another one has its new name
   */
  public SourceView change(String id, SourceBody body) {
    SqlSources.Row row = find(id);
    PulledSource had = row.source();
    PulledSource source =
        new PulledSource(
            id,
            body.name() == null ? had.name() : name(body.name()),
            body.url() == null ? had.url() : Target.parse("url", body.url()),
            timing(body, had.timing()),
            secret(body, had.secret()),
            sentAs(body, had.sentAs()),
            kind(body, had.kind()),
            options(body, had.options()),
            body.paused() == null ? had.paused() : body.paused(),
            had.entered(),
            had.enteredBy());
    if (!sources.replace(source, lastOf(had, source, row.last()), had.name())) {
      throw new UnknownSource(id);
    }
    return get(id);
  }

  /** What is known of a file tells nothing of a file that is elsewhere or read otherwise. */
  private LastPull lastOf(PulledSource had, PulledSource source, LastPull last) {
    boolean same =
        had.url().equals(source.url())
            && had.options().equals(source.options())
            && had.kind() == source.kind();
    return same ? last.nextAt(now()) : last.elsewhere(now());
  }

  /**
   * Has a source pulled as soon as a server can.
   *
   * @throws UnknownSource if there is none of the id
   * @throws WrongInput if it is paused
   */
  public SourceView pull(String id) {
    SqlSources.Row row = find(id);
    if (row.source().paused()) {
      throw new WrongInput(
          "the source %s is paused: let it go on first, with {\"paused\": false}"
              .formatted(row.source().name()));
    }
    var _ = sources.pullAt(id, now());
    return get(id);
  }

  /**
   * Deletes a source. What was imported from it stays.
   *
   * @throws UnknownSource if there is none of the id
   */
  public void delete(String id) {
    if (!sources.delete(id)) {
      throw new UnknownSource(id);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static String name(String text) {
    String name = text.strip();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new WrongInput(
          "name is not what a source can be called: use 1 to %d printable characters, for example chain"
              .formatted(LONGEST_NAME));
    }
    return name;
  }

  private static Timing timing(SourceBody body, Timing had) {
    if (body.every() != null && body.dailyAt() != null) {
      throw new WrongInput("every and daily_at exclude each other: leave one out");
    }
    if (body.every() != null) {
      return new Timing.Every(Durations.parse("every", body.every(), "PT1H"));
    }
    if (body.dailyAt() != null || body.zone() != null) {
      return daily(body, had);
    }
    return had;
  }

  private static Timing daily(SourceBody body, Timing had) {
    String at = body.dailyAt();
    String zone = body.zone();
    if (had instanceof Timing.Daily daily) {
      at = at == null ? daily.at().toString() : at;
      zone = zone == null ? daily.zone() : zone;
    }
    if (at == null) {
      throw new WrongInput(
          "zone is the zone of daily_at, which is missing: add for example \"daily_at\":"
              + " \"02:30\"");
    }
    return Timing.Daily.parse(at, zone);
  }

  private static @Nullable SecretReference secret(SourceBody body, @Nullable SecretReference had) {
    if (body.secret() == null) {
      return had;
    }
    return body.secret().isBlank() ? null : SecretReference.parse(body.secret().strip());
  }

  private static SentAs sentAs(SourceBody body, SentAs had) {
    return body.sentAs() == null ? had : SentAs.parse(body.sentAs());
  }

  private static @Nullable FileKind kind(SourceBody body, @Nullable FileKind had) {
    return body.kind() == null ? had : FileKind.of(body.kind());
  }

  private static ReadOptions options(SourceBody body, ReadOptions had) {
    Map<String, String> reading = body.reading();
    if (reading == null) {
      return had;
    }
    for (String name : reading.keySet()) {
      if (!ReadOptions.NAMES.contains(name)) {
        throw new WrongInput(
            "reading has no '%s': there are %s, for example {\"days\": \"monday=1\"}"
                .formatted(name, String.join(", ", ReadOptions.NAMES)));
      }
    }
    return ReadOptions.of(reading);
  }
}
