package dev.storewatch.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.commons.io.input.ReaderInputStream;

/**
 * The text of an import file as UTF-8 with lines that end in a line feed, whatever its bytes are:
 * UTF-8, or UTF-16 with a byte order mark; and lines that end in a carriage return alone.
 */
final class TextInput {
  private static final int LOOKED_AT = 8 * 1024;

  private final InputStream in;
  private final boolean isAsItLies;

  private TextInput(InputStream in, boolean isAsItLies) {
    this.in = in;
    this.isAsItLies = isAsItLies;
  }

  /** Returns the text. */
  InputStream in() {
    return in;
  }

  /** Returns whether its bytes are those of the file. */
  boolean isAsItLies() {
    return isAsItLies;
  }

  /**
   * Returns the text of a file, which is told by its first bytes.
   *
   * @throws BadFileException if they are those of another kind of file
   */
  static TextInput of(InputStream bytes, String name) throws IOException {
    PushbackInputStream in = new PushbackInputStream(bytes, LOOKED_AT);
    byte[] start = peek(in);
    if (startsWith(start, 'P', 'A', 'R', '1')) {
      throw new BadFileException(
          name,
          "is Parquet: write it as CSV first, for example with DuckDB: COPY (FROM 'polls.parquet')"
              + " TO 'polls.csv'");
    }
    Charset charset =
        startsWith(start, 0xFE, 0xFF)
            ? StandardCharsets.UTF_16BE
            : startsWith(start, 0xFF, 0xFE) ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
    return charset.equals(StandardCharsets.UTF_8) ? lines(in, start) : decoded(in, charset);
  }

  private static byte[] peek(PushbackInputStream in) throws IOException {
    byte[] start = in.readNBytes(LOOKED_AT);
    in.unread(start);
    return start;
  }

  private static boolean startsWith(byte[] start, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (i >= start.length || (start[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** A damaged file fails: a replacement character would make another store of its store. */
  private static TextInput decoded(InputStream in, Charset charset) throws IOException {
    var decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    PushbackInputStream utf8 =
        new PushbackInputStream(
            ReaderInputStream.builder()
                .setReader(new InputStreamReader(in, decoder))
                .setCharset(StandardCharsets.UTF_8)
                .get(),
            LOOKED_AT);
    return new TextInput(lines(utf8, peek(utf8)).in, false);
  }

  private static TextInput lines(InputStream in, byte[] start) {
    return endsInCarriageReturns(start)
        ? new TextInput(new CarriageReturns(in), false)
        : new TextInput(in, true);
  }

  /** Returns whether the first line ends in a carriage return that no line feed follows. */
  private static boolean endsInCarriageReturns(byte[] start) {
    int at = 0;
    while (at < start.length && start[at] != '\r' && start[at] != '\n') {
      at++;
    }
    return at + 1 < start.length && start[at] == '\r' && start[at + 1] != '\n';
  }

  /** A text whose lines end in carriage returns, which are read as line feeds. */
  private static final class CarriageReturns extends FilterInputStream {
    CarriageReturns(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      return value == '\r' ? '\n' : value;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      for (int at = from; at < from + read; at++) {
        if (bytes[at] == '\r') {
          bytes[at] = '\n';
        }
      }
      return read;
    }
  }
}
