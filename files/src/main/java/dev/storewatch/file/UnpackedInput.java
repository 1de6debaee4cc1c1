package dev.storewatch.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that unpacks no more of a file than its limits allow: some files unpack to more than any
 * disk holds.
 */
final class UnpackedInput extends FilterInputStream {
  private final CountedInput packed;
  private final String file;
  private final UnpackLimits limits;
  private long count;

  /**
   * The unpacked bytes of a file.
   *
   * @param in the stream that unpacks
   * @param packed the packed bytes that it reads
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
