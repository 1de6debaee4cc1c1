package dev.storewatch.importing;

import dev.storewatch.system.Limits;
import java.io.IOException;
import org.springframework.util.unit.DataSize;

/**
 * How much of a file is taken that comes from somebody else.
 *
 * @param unpackedBytes the bytes that a packed file may unpack to
 * @param unpackRatio how many times its size it may unpack to, beyond the first {@link #FREE} bytes
 * @param rejectsKept how many wrong rows are kept
 */
record ImportLimits(long unpackedBytes, long unpackRatio, long rejectsKept) {
  /** Takes everything: for files that the user of this machine imports. */
  static final ImportLimits NONE = new ImportLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

  /** What a file may unpack to whatever its size: a small one of one store packs well. */
  private static final long FREE = DataSize.ofMegabytes(64).toBytes();

  static ImportLimits of(Limits limits) {
    return new ImportLimits(
        limits.unpackedBytes().toBytes(), limits.unpackRatio(), limits.rejectsKept());
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
