package dev.storewatch.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** A stream that counts the bytes that are read from it, for another thread to see. */
final class CountedInput extends FilterInputStream {
  private final AtomicLong count = new AtomicLong();

  CountedInput(InputStream in) {
    super(in);
  }

  long count() {
    return count.getOpaque();
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    add(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int read = super.read(bytes, from, length);
    add(Math.max(0, read));
    return read;
  }

  private void add(int read) {
    count.setOpaque(count.getPlain() + read);
  }
}
