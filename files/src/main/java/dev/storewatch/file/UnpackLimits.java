package dev.storewatch.file;

import dev.storewatch.input.Sizes;
import java.io.IOException;

/**
 * How much a packed file may unpack to.
 *
 * @param bytes the most, whatever its size
 * @param ratio how many times its size, beyond the first {@link #FREE} bytes
 */
public record UnpackLimits(long bytes, long ratio) {
  /** No limit: for files that the user of this machine reads. */
  public static final UnpackLimits NONE = new UnpackLimits(Long.MAX_VALUE, Long.MAX_VALUE);

  /**
   * What a file may unpack to whatever its size, because a small file of one store packs very well.
   */
  private static final long FREE = 64L * 1024 * 1024;

  /** A file unpacks to more than is accepted. Trying again does not help. */
  public static final class TooLarge extends IOException {
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
   * @param unpacked the bytes that came out of it so far
   * @param packed the bytes of it that were read for them
   * @throws TooLarge if that is more than the limits allow
   */
  void check(String file, long unpacked, long packed) throws TooLarge {
    if (unpacked > bytes) {
      throw new TooLarge(file, Sizes.words(bytes), "unpacked-bytes");
    }
    if (unpacked > FREE && unpacked / ratio > packed) {
      throw new TooLarge(file, ratio + " times its size", "unpack-ratio");
    }
  }
}
