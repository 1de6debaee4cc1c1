import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the table of time zones that the program carries, from a folder of TZif files. Run by
 * {@code build/zone-table}, which compiles what reads them.
 */
final class ZoneTable {
  private static final Path TARGET =
      Path.of("core/src/main/resources/dev/storewatch/hours/zone-table");

  private ZoneTable() {}

  /** Reads the folder, the version and the root of the project. */
  public static void main(String[] args) throws IOException {
    Path target = Path.of(args[2]).resolve(TARGET);
    int names = dev.storewatch.hours.ZoneTable.pack(Path.of(args[0]), args[1], target);
    IO.println("%s: %d names, %d bytes".formatted(TARGET, names, Files.size(target)));
  }
}
