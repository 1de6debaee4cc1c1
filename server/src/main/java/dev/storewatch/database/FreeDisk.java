package dev.storewatch.database;

import dev.storewatch.setting.Limits;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The room on the disk of the data folder, some of which is kept free. */
public final class FreeDisk {
  private final Path folder;
  private final DataSize kept;

  /** Found once, since that reads the table of all mounts; it looks at the folder each time. */
  private volatile @Nullable FileStore store;

  /** The disk of a folder, with the size that is kept free. */
  public FreeDisk(Path folder, DataSize kept) {
    this.folder = folder;
    this.kept = kept;
  }

  /** There is no room on the disk. Another attempt helps once somebody has made room. */
  public static final class Full extends IOException {
    private static final long serialVersionUID = 1;

    private Full(DataSize kept) {
      super(
          "the disk of the data folder is full: make room on it, then send this again; %s are kept free (%s.free-disk-bytes)"
              .formatted(Limits.words(kept), Limits.PREFIX));
    }
  }

  /**
   * Checks that there is room.
   *
   * @param more the bytes that are about to be written, as far as they are known
   * @throws Full if less would be left than is kept free
   */
  public void require(long more) throws IOException {
    if (usable() - more < kept.toBytes()) {
      throw new Full(kept);
    }
  }

  /** Returns the bytes that may still be written, those that are kept free included. */
  public long usable() throws IOException {
    return store().getUsableSpace();
  }

  /** Returns the bytes of the whole disk. */
  public long total() throws IOException {
    return store().getTotalSpace();
  }

  private FileStore store() throws IOException {
    FileStore known = store;
    if (known == null) {
      known = Files.getFileStore(folder);
      store = known;
    }
    return known;
  }
}
