package dev.storewatch.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * A stream that unpacks gzip, also of several members one after the other.
 *
 * <p>{@link java.util.zip.GZIPInputStream} is not used: it treats a damaged second member as the
 * end of the file, and it asks {@code available()} whether there is one. Here everything that is
 * not whole is an error. Zeros after the last member are padding.
 */
public final class GzipInput extends InputStream {
  static final int MAGIC = 0x1F8B;

  private static final int DEFLATED = 8;
  private static final int HEADER_CHECK = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 check = new CRC32();
  private final byte[] packed = new byte[64 * 1024];
  private int next;
  private int filled;
  private boolean begun;
  private boolean insideMember;

  /**
   * Unpacks a stream, of which nothing is read before the first byte is asked for.
   *
   * @param in the packed bytes, from their first on; closed together with this stream
   */
  public GzipInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (insideMember || beginMember()) {
      int read = inflate(bytes, from, length);
      if (read > 0) {
        check.update(bytes, from, read);
        return read;
      }
    }
    return -1;
  }

  private int inflate(byte[] bytes, int from, int length) throws IOException {
    try {
      int read = inflater.inflate(bytes, from, length);
      if (inflater.finished() && read == 0) {
        endMember();
      } else if (read == 0) {
        feed();
      }
      return read;
    } catch (DataFormatException e) {
      throw damaged(e.getMessage() == null ? "it cannot be unpacked" : e.getMessage());
    }
  }

  private void feed() throws IOException {
    if (inflater.needsDictionary()) {
      throw damaged("it needs a dictionary");
    }
    if (next == filled && !fill()) {
      throw new ZipException("the gzip data breaks off");
    }
    inflater.setInput(packed, next, filled - next);
    next = filled;
  }

  private boolean fill() throws IOException {
    next = 0;
    filled = Math.max(0, in.read(packed, 0, packed.length));
    return filled > 0;
  }

  private boolean beginMember() throws IOException {
    int first = nextOrEnd();
    while (begun && first == 0) {
      first = nextOrEnd();
    }
    if (begun && first < 0) {
      return false;
    }
    readHeader(first);
    begun = true;
    insideMember = true;
    inflater.reset();
    check.reset();
    return true;
  }

  private void readHeader(int first) throws IOException {
    if (first != MAGIC >> 8 || nextByte() != (MAGIC & 0xFF) || nextByte() != DEFLATED) {
      throw damaged(begun ? "other data follows the packed data" : "it has no gzip header");
    }
    int flags = nextByte();
    if ((flags & RESERVED) != 0) {
      throw damaged("its header has unknown flags");
    }
    skipBytes(6);
    skipBytes((flags & EXTRA) != 0 ? nextByte() | (nextByte() << 8) : 0);
    skipText((flags & NAME) != 0);
    skipText((flags & COMMENT) != 0);
    skipBytes((flags & HEADER_CHECK) != 0 ? 2 : 0);
  }

  private void skipBytes(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      nextByte();
    }
  }

  /** Skips a text and the zero that ends it. */
  private void skipText(boolean present) throws IOException {
    int value = present ? nextByte() : 0;
    while (value != 0) {
      value = nextByte();
    }
  }

  private void endMember() throws IOException {
    next = filled - inflater.getRemaining();
    insideMember = false;
    if (nextFour() != check.getValue()
        || nextFour() != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
      throw damaged("its checksum is wrong");
    }
  }

  private long nextFour() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      value |= (long) nextByte() << shift;
    }
    return value;
  }

  private int nextByte() throws IOException {
    int value = nextOrEnd();
    if (value < 0) {
      throw new ZipException("the gzip data breaks off");
    }
    return value;
  }

  private int nextOrEnd() throws IOException {
    return next < filled || fill() ? packed[next++] & 0xFF : -1;
  }

  private static ZipException damaged(String why) {
    return new ZipException("the gzip data is damaged: " + why);
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
