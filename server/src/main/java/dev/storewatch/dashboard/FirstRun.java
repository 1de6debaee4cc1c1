package dev.storewatch.dashboard;

import dev.storewatch.database.DataFolder;
import dev.storewatch.demo.FleetFiles;
import dev.storewatch.importing.FileIntake;
import dev.storewatch.importing.ImportOrder;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A made-up fleet for who looks at an installation that has no stores yet. */
final class FirstRun {
  private static final dev.storewatch.demo.Fleet FLEET = new dev.storewatch.demo.Fleet(300, 9, 1);

  private final Stores stores;
  private final FileIntake intake;
  private final DataFolder folder;

  FirstRun(Stores stores, FileIntake intake, DataFolder folder) {
    this.stores = stores;
    this.intake = intake;
    this.folder = folder;
  }

  /** There are stores already, whose figures a made-up fleet would spoil. */
  static final class NotEmpty extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotEmpty() {
      super("there are stores already: a made-up fleet is for an installation without any");
    }
  }

  /**
   * Queues the files of the fleet to be imported.
   *
   * @throws NotEmpty if there are stores
   * @throws IOException if there is no room for the files
   */
  synchronized void makeUpFleet() throws IOException {
    if (stores.registry().count() > 0) {
      throw new NotEmpty();
    }
    Path made = Files.createTempDirectory(folder.temporary(), "fleet");
    try {
      FleetFiles files = FLEET.writeTo(made);
      for (Path file : List.of(files.businessHours(), files.timezones(), files.storeStatus())) {
        String name = "made up/" + file.getFileName();
        ImportRun _ = intake.take(file, ImportOrder.of(name), null);
      }
    } finally {
      delete(made);
    }
  }

  private static void delete(Path made) throws IOException {
    try (Stream<Path> files = Files.list(made)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(made);
  }
}
