package dev.storewatch.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** The files in a zip archive, one after the other, under the limits of one file. */
final class Archive implements AutoCloseable {
  /** How a zip archive begins. */
  static final int MAGIC = 0x504B_0304;

  private static final int MOST_ENTRIES = 10_000;

  /** What other programs keep in the zip archives that their documents are. */
  private static final List<String> DOCUMENTS =
      List.of("[Content_Types].xml", "_rels/", "xl/", "mimetype", "META-INF/");

  private final String name;
  private final ZipInputStream zip;
  private final InputStream limited;
  private int entries;

  Archive(InputStream packed, CountedInput raw, String name, UnpackLimits limits) {
    this.name = name;
    this.zip = new ZipInputStream(packed);
    this.limited = new UnpackedInput(zip, raw, name, limits);
  }

  /**
   * Moves on to the next file, which ends where the returned stream does; null if there is none.
   *
   * @throws BadFileException if the archive is a document of another program
   */
  @Nullable InputStream next() throws IOException {
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      String entryName = entry.getName();
      if (DOCUMENTS.stream().anyMatch(entryName::startsWith)) {
        throw new BadFileException(
            name,
            "is a spreadsheet or a document, not CSV: save it as CSV UTF-8, then import that");
      }
      if (++entries > MOST_ENTRIES) {
        throw new BadFileException(
            name, "holds more than %,d files: pack fewer".formatted(MOST_ENTRIES));
      }
      if (!entry.isDirectory() && !isHidden(entryName)) {
        return limited;
      }
      // Read through the limits: what is skipped is unpacked too.
      limited.transferTo(OutputStream.nullOutputStream());
    }
    return null;
  }

  /** Returns whether an entry is what some systems add to every archive. */
  private static boolean isHidden(String entry) {
    return entry.startsWith("__MACOSX/")
        || entry.substring(entry.lastIndexOf('/') + 1).startsWith(".");
  }

  @Override
  public void close() throws IOException {
    limited.close();
  }
}
