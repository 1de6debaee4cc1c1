package dev.storewatch.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Unpacks no more of a packed file than its limits allow: some unpack to more than any disk. */
final class UnpackedInput extends FilterInputStream {
  private final CountedInput packed;
  private final String file;
  private final UnpackLimits limits;
  private long count;

  /**
   * Unpacks a file.
   *
   * @param in what unpacks
   * @param packed what it reads
   */
  UnpackedInput(InputStream in, CountedInput packed, String file, UnpackLimits limits) {
    super(in);
    this.packed = packed;
    this.file = file;
    this.limits = limits;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int read = super.read(bytes, from, length);
    if (read > 0) {
      count += read;
      limits.check(file, count, packed.count());
    }
    return read;
  }
}
