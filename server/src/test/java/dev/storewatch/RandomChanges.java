package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.calendar.ClosureBody;
import dev.storewatch.calendar.ClosureView;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Zone;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.importing.ImportUndo;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.store.PlannedDay;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.store.Target;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Changes of everything on which figures rest, made by chance: polls that come late, are replaced
 * or go, hours, days and closures of each kind, zones, tags, imports that are taken back, and
 * stores that are deleted. They are of twelve stores and two weeks, from {@link #START} on unless
 * others are wanted.
 */
public final class RandomChanges {
  /** When the two weeks begin. */
  public static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  /** How long they are, in hours. */
  public static final int HOURS = 14 * 24;

  private static final List<String> ZONES =
      List.of("America/Chicago", "Europe/Berlin", "Asia/Kolkata", "America/New_York");

  private final TestFolder folder;
  private final LocalDate first;
  private final List<String> zones;
  private final List<ImportRun> imports = new ArrayList<>();
  private final List<String> closures = new ArrayList<>();

  /** Changes of the data of a folder. */
  public RandomChanges(TestFolder folder) {
    this(folder, LocalDate.ofInstant(START, ZoneOffset.UTC), ZONES);
  }

  /**
   * Changes of the data of a folder, in the two weeks from a date on.
   *
   * @param zones four zones in which stores are
   */
  public RandomChanges(TestFolder folder, LocalDate first, List<String> zones) {
    this.folder = folder;
    this.first = first;
    this.zones = List.copyOf(zones);
  }

  private Instant start() {
    return first.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Imports a number of polls. */
  public void importPolls(Random random, int count) throws IOException {
    imports.add(folder.importText(randomPolls(random, count)));
  }

  private String randomPolls(Random random, int count) {
    StringBuilder text = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int i = 0; i < count; i++) {
      text.append(
          "s%d,%s,%s\n"
              .formatted(
                  random.nextInt(12),
                  random.nextInt(4) == 0 ? "inactive" : "active",
                  start().plusSeconds(600L * random.nextInt(6 * HOURS))));
    }
    return text.toString();
  }

  /** Makes a change; there may be nothing of its kind to be changed. */
  public void make(Random random) throws IOException {
    boolean isEmpty = folder.stores().registry().count() == 0;
    switch (isEmpty ? 0 : random.nextInt(12)) {
      case 0, 1 -> imports.add(folder.importText(randomPolls(random, 40)));
      case 2 -> deletePolls(random);
      case 3 -> describe(random);
      case 4 -> setDatedHours(random);
      case 5 -> addDay(random);
      case 6 -> addClosure(random);
      case 7 -> deleteClosure(random);
      case 8 -> imports.add(folder.importText(randomHours(random)));
      case 9 -> imports.add(folder.importText(randomDays(random)));
      case 10 -> undo(random);
      default -> deleteStore(random);
    }
  }

  private OptionalInt randomKey(Random random) {
    Registry registry = folder.stores().registry();
    int[] keys = registry.keysById();
    return keys.length == 0
        ? OptionalInt.empty()
        : OptionalInt.of(keys[random.nextInt(keys.length)]);
  }

  private void deletePolls(Random random) {
    long from = Micros.of(start().plusSeconds(3_600L * random.nextInt(HOURS)));
    Span period = new Span(from, from + random.nextInt(1, 30) * Micros.HOUR);
    String id = folder.stores().registry().id(randomKey(random).orElseThrow());
    long _ = folder.parts().intake().write(in -> in.delete(Scope.EVERYTHING, id, period));
  }

  private void describe(Random random) {
    List<OpeningInterval> hours =
        IntStream.range(0, random.nextInt(6))
            .mapToObj(
                i ->
                    new OpeningInterval(
                        DayOfWeek.of(1 + i),
                        3_600 * random.nextInt(12),
                        3_600 * (12 + random.nextInt(12))))
            .toList();
    Zone zone = random.nextInt(3) == 0 ? null : Zone.of(zones.get(random.nextInt(4)));
    Set<String> tags = random.nextBoolean() ? Set.of("west") : Set.of("east", "big");
    int key = randomKey(random).orElseThrow();
    folder.inTransaction(
        () -> folder.stores().describe(key, new StoreDetails(null, zone, hours, tags)));
  }

  private void setDatedHours(Random random) {
    LocalDate from = first.plusDays(random.nextInt(14));
    List<OpeningInterval> hours =
        random.nextInt(3) == 0
            ? null
            : List.of(new OpeningInterval(from.getDayOfWeek(), 3_600 * random.nextInt(20), 82_800));
    int key = randomKey(random).orElseThrow();
    folder.inTransaction(() -> folder.stores().setDatedHours(key, from, hours, 5, "x"));
  }

  private Target randomTarget(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> Target.ALL;
      case 1 -> new Target(null, "west");
      default -> new Target(randomKey(random).orElseThrow(), null);
    };
  }

  private void addDay(Random random) {
    LocalDate date = first.plusDays(random.nextInt(14));
    List<OpeningInterval> hours =
        random.nextBoolean()
            ? List.of()
            : List.of(new OpeningInterval(date.getDayOfWeek(), 36_000, 3_600));
    PlannedDay day =
        new PlannedDay(
            UUID.randomUUID().toString(), randomTarget(random), date, hours, "day", 7, "x");
    folder.inTransaction(() -> folder.stores().addDay(day));
  }

  private void addClosure(Random random) {
    LocalDate from = first.plusDays(random.nextInt(14));
    Registry registry = folder.stores().registry();
    boolean ofWest = registry.keysAfter(null).anyMatch(key -> registry.tags(key).contains("west"));
    ClosureView added =
        folder
            .parts()
            .closures()
            .add(
                Scope.EVERYTHING,
                "x",
                new ClosureBody(
                    null,
                    ofWest ? "west" : null,
                    ofWest ? null : true,
                    from.toString(),
                    from + "T" + (10 + random.nextInt(13)) + ":00",
                    random.nextBoolean() ? "weekly" : null,
                    null,
                    "works"));
    closures.add(added.id());
  }

  private void deleteClosure(Random random) {
    if (!closures.isEmpty()) {
      String id = closures.remove(random.nextInt(closures.size()));
      folder.parts().closures().delete(Scope.EVERYTHING, "x", id);
    }
  }

  private static String randomHours(Random random) {
    return "store_id,day,start_time_local,end_time_local\ns%d,%d,%02d:00:00,%02d:30:00\n"
        .formatted(
            random.nextInt(12), random.nextInt(7), random.nextInt(10), 10 + random.nextInt(14));
  }

  private String randomDays(Random random) {
    return "store_id,date,start_time_local,end_time_local,label\ns%d,%s,08:00,%02d:00,fair\n"
        .formatted(random.nextInt(12), first.plusDays(random.nextInt(14)), 10 + random.nextInt(14));
  }

  private void undo(Random random) {
    if (imports.isEmpty()) {
      return;
    }
    ImportRun run = imports.remove(random.nextInt(imports.size()));
    try {
      ImportRun _ = folder.parts().undo().undo(run.id());
    } catch (ImportUndo.Impossible e) {
      assertThat(e).as("later changes rest on it").isNotNull();
    }
  }

  private void deleteStore(Random random) {
    OptionalInt key = randomKey(random);
    if (random.nextInt(3) == 0 && folder.stores().registry().count() > 3) {
      folder.inTransaction(
          () -> {
            folder.polls().delete(key.orElseThrow());
            folder.stores().delete(key.orElseThrow());
          });
    }
  }
}
