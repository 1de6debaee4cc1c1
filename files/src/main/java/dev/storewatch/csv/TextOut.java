package dev.storewatch.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Buffered text for a stream in UTF-8; numbers are written without making a string of them. */
public final class TextOut {
  private static final int SIZE = 1 << 16;

  private final OutputStream out;
  private final byte[] buffer = new byte[SIZE];
  private final byte[] digits = new byte[24];
  private int used;

  /** Text for a stream, which stays open. */
  public TextOut(OutputStream out) {
    this.out = out;
  }

  /** Writes a text. */
  public TextOut text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes that are UTF-8. */
  public TextOut bytes(byte[] bytes) {
    if (bytes.length > SIZE - used) {
      flush();
    }
    if (bytes.length > SIZE) {
      write(bytes, bytes.length);
      return this;
    }
    System.arraycopy(bytes, 0, buffer, used, bytes.length);
    used += bytes.length;
    return this;
  }

  /** Writes a character of ASCII. */
  public TextOut ascii(char c) {
    if (used == SIZE) {
      flush();
    }
    buffer[used++] = (byte) c;
    return this;
  }

  /** Writes a whole number that is not negative. */
  public TextOut number(long value) {
    int at = digits.length;
    long rest = value;
    do {
      digits[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    if (digits.length - at > SIZE - used) {
      flush();
    }
    System.arraycopy(digits, at, buffer, used, digits.length - at);
    used += digits.length - at;
    return this;
  }

  /** Writes a number of hundredths with two decimals: 1234 as 12.34. */
  public TextOut hundredths(long value) {
    long cents = value % 100;
    return number(value / 100)
        .ascii('.')
        .ascii((char) ('0' + cents / 10))
        .ascii((char) ('0' + cents % 10));
  }

  /** Gives the stream all that it has not got yet. */
  public void flush() {
    write(buffer, used);
    used = 0;
  }

  private void write(byte[] bytes, int count) {
    try {
      out.write(bytes, 0, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
