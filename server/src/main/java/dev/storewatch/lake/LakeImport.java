package dev.storewatch.lake;

import dev.storewatch.database.Workbench;
import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.RowSink;
import dev.storewatch.importing.RowSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A lake that was checked, to be imported kind by kind. */
public final class LakeImport implements AutoCloseable {
  private final Path folder;
  private final Manifest manifest;
  private final Workbench bench;

  private LakeImport(Path folder, Manifest manifest, Workbench bench) {
    this.folder = folder;
    this.manifest = manifest;
    this.bench = bench;
  }

  /** Returns whether a folder has a manifest, so that it is a lake. */
  public static boolean isLake(Path folder) {
    return Files.isRegularFile(folder.resolve(Manifest.NAME));
  }

  /**
   * Opens a lake, and checks all of it, so that nothing is imported of one that is damaged.
   *
   * @param temporary a folder for what does not fit into memory
   * @throws BadLake if something is wrong with it, with what to do
   */
  public static LakeImport open(Path folder, Path temporary) {
    Manifest manifest = LakeFolder.manifest(folder);
    if (manifest == null) {
      throw new BadLake(
          "%s has no %s: name the folder that `export --format parquet` wrote; if that export was broken off, run it again"
              .formatted(folder, Manifest.NAME));
    }
    if (manifest.stores() == 0 && manifest.dates().isEmpty()) {
      throw new BadLake(
          "the lake %s is empty, it has neither stores nor polls: export data that has some"
              .formatted(folder));
    }
    Workbench bench = Workbench.open(folder, temporary);
    try {
      new LakeCheck(folder, manifest, bench).run();
      LakeImport lake = new LakeImport(folder, manifest, bench);
      lake.checkValues();
      return lake;
    } catch (RuntimeException | Error e) {
      bench.close();
      throw e;
    }
  }

  /** Reads all but the polls once, for nothing but to find what is wrong. */
  private void checkValues() {
    RowSink nobody = new NoSink();
    for (RowSource source : sources()) {
      if (source.kind() != FileKind.POLLS) {
        try {
          long _ = source.read(nobody, new StoreIdIndex(), Long.MAX_VALUE, "");
        } catch (IOException e) {
          throw new BadLake(String.valueOf(e.getMessage()), e);
        }
      }
    }
  }

  /** Returns the rows in the order in which they have to be imported, without kinds of none. */
  public List<RowSource> sources() {
    StoreRows stores = new StoreRows(folder, manifest, bench);
    return List.<RowSource>of(
            stores.new Described(),
            stores.new Zones(),
            stores.new Hours(),
            stores.new SpecialDays(),
            stores.new Closures(),
            new PollRowsOfLake(folder, manifest, bench))
        .stream()
        .filter(source -> hasRows(source.kind()))
        .toList();
  }

  private boolean hasRows(FileKind kind) {
    return switch (kind) {
      case STORES, TAGS -> manifest.stores() > 0;
      case ZONES -> hasZones();
      case HOURS -> rows(LakeTable.HOURS) + rows(LakeTable.LATER_HOURS) > 0;
      case SPECIAL_DAYS -> rows(LakeTable.SPECIAL_DAYS) > 0;
      case CLOSURES -> rows(LakeTable.CLOSURES) > 0;
      case POLLS -> !manifest.dates().isEmpty();
    };
  }

  private boolean hasZones() {
    return bench
        .list(
            "SELECT count(*) FROM %s WHERE time_zone IS NOT NULL OR zone_flagged_at IS NOT NULL"
                .formatted(LakeFiles.rowsOf(folder, manifest.files(LakeTable.STORES))),
            row -> row.getLong(1) > 0)
        .getFirst();
  }

  private long rows(LakeTable table) {
    return manifest.files(table).stream().mapToLong(LakeFile::rows).sum();
  }

  @Override
  public void close() {
    bench.close();
  }
}
