package dev.storewatch.importing;

import dev.storewatch.setting.Limits;
import dev.storewatch.store.StoreLimits;
import java.io.IOException;
import org.springframework.util.unit.DataSize;

/**
 * How much of a file is taken that comes from somebody else.
 *
 * @param unpackedBytes the bytes that a packed file may unpack to
 * @param unpackRatio how many times its size it may unpack to, beyond the first {@link #FREE} bytes
 * @param rejectsKept how many wrong rows are kept
 * @param stores how many stores there may be before no more are added
 */
record ImportLimits(long unpackedBytes, long unpackRatio, long rejectsKept, long stores) {
  /** Takes everything: for files that the user of this machine imports. */
  static final ImportLimits NONE =
      new ImportLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

  /** What a file may unpack to whatever its size: a small one of one store packs well. */
  private static final long FREE = DataSize.ofMegabytes(64).toBytes();

  static ImportLimits of(UploadLimits limits, StoreLimits storeLimits) {
    return new ImportLimits(
        limits.unpackedBytes().toBytes(),
        limits.unpackRatio(),
        limits.rejectsKept(),
        storeLimits.stores());
  }

  /** Says that a file unpacks to more than is taken. Trying again does not help. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;

    private TooLarge(String file, String more, String setting) {
      super(
          "%s unpacks to more than %s: split it, or raise storewatch.limits.%s"
              .formatted(file, more, setting));
    }
  }

  /** Says that there would be more stores than there may be, most likely made by wrong ids. */
  static final class TooManyStores extends RuntimeException {
    private static final long serialVersionUID = 1;

    private TooManyStores(int there, int more, long most) {
      super(
          "%d new stores beside the %d that there are would be more than %d: look at the ids, or raise storewatch.limits.stores"
              .formatted(more, there, most));
    }
  }

  /**
   * Checks that stores may be added: all of them are held in memory, so that too many would be the
   * end of the server.
   *
   * @throws TooManyStores if there would be too many
   */
  static void checkStores(int there, int more, long most) {
    if (more > 0 && (long) there + more > most) {
      throw new TooManyStores(there, more, most);
    }
  }

  /**
   * Checks how far a file has been unpacked.
   *
   * @throws TooLarge if that is farther than it may
   */
  void check(String file, long unpacked, long packed) throws TooLarge {
    if (unpacked > unpackedBytes) {
      throw new TooLarge(file, Limits.words(DataSize.ofBytes(unpackedBytes)), "unpacked-bytes");
    }
    if (unpacked > FREE && unpacked / unpackRatio > packed) {
      throw new TooLarge(file, unpackRatio + " times its size", "unpack-ratio");
    }
  }
}
