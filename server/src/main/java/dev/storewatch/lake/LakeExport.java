package dev.storewatch.lake;

import dev.storewatch.database.Database;
import dev.storewatch.database.Workbench;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The export of a database as a lake: all of it at first, then what is new. */
public final class LakeExport {
  /**
   * By what the rows of each table are sorted; polls have a way of their own, and what people
   * entered stays in the order in which they did.
   */
  private static final Map<LakeTable, String> ORDERS =
      new EnumMap<>(
          Map.of(
              LakeTable.STORES, " ORDER BY store_id",
              LakeTable.TAGS, " ORDER BY store_id, name, value NULLS FIRST",
              LakeTable.HOURS, " ORDER BY store_id, day_of_week, opens_second, closes_second",
              LakeTable.LATER_HOURS,
                  " ORDER BY store_id, valid_from, day_of_week, opens_second, closes_second",
              LakeTable.SPECIAL_DAYS, "",
              LakeTable.CLOSURES, ""));

  private final Database database;
  private final Stores stores;
  private final Path temporary;
  private final Clock clock;
  private final Consumer<String> beforeStep;

  /**
   * An export of a database.
   *
   * @param temporary a folder for what does not fit into memory
   * @param clock the one that dates the manifest
   */
  public LakeExport(Database database, Stores stores, Path temporary, Clock clock) {
    this(database, stores, temporary, clock, step -> {});
  }

  /**
   * An export of a database.
   *
   * @param beforeStep called before each change of the folder, with what it is
   */
  LakeExport(
      Database database, Stores stores, Path temporary, Clock clock, Consumer<String> beforeStep) {
    this.database = database;
    this.stores = stores;
    this.temporary = temporary;
    this.clock = clock;
    this.beforeStep = beforeStep;
  }

  /**
   * Exports to a folder.
   *
   * @throws BadLake if the folder holds something else, or the lake of another installation
   */
  public ExportResult run(Path path, ExportOptions options) {
    try (LakeFolder folder = LakeFolder.take(path, beforeStep)) {
      Manifest before = folder.manifest();
      folder.clearAway(before);
      try (Workbench bench = Workbench.open(folder.path(), temporary)) {
        return database.inSnapshot(
            () -> write(new LakeDraft(folder, bench, before), before, path, options));
      } catch (RuntimeException e) {
        // What was made counts for nothing, and would lie there until the next export.
        clearAwayAfter(e, folder, before);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the folder %s cannot be used: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static void clearAwayAfter(
      RuntimeException failure, LakeFolder folder, @Nullable Manifest before) {
    try {
      // The manifest may be in place already: then it is the new one that says what counts.
      Manifest now = folder.manifest();
      folder.clearAway(now == null ? before : now);
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private ExportResult write(
      LakeDraft draft, @Nullable Manifest before, Path path, ExportOptions options) {
    DataState data = DataState.of(database);
    if (before != null) {
      data.requireSame(before, path);
    }
    Registry registry = stores.registry();
    LakeStores rows = new LakeStores(registry);
    ORDERS.forEach((table, order) -> draft.replace(table, rows.rows(table), order));
    PollSource source = new PollSource(database);
    PollPlan plan = new PollPlan(data, source, before, options);
    new PollWriting(draft, source, data, registry, plan.since()).write(plan.tasks());
    return draft.commit(clock.instant(), data, plan.first(), registry.count());
  }
}
