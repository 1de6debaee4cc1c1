package dev.storewatch.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/** What each way to unpack gzip makes of odd and of damaged files: a table. */
public final class GzipCases {
  private static final byte[] TEXT = text();
  private static final byte[] PACKED = gzip(TEXT);
  private static final int HEADER = 10;
  private static final int TRAILER = 8;

  private GzipCases() {}

  /** A file. */
  private static final class Case {
    private final String name;

    /** Whether all of it is right, so that it is to be read to its end. */
    private final boolean whole;

    /** How often the text is in a whole file. */
    private final int texts;

    private final byte[] file;

    Case(String name, boolean whole, int texts, byte[] file) {
      this.name = name;
      this.whole = whole;
      this.texts = texts;
      this.file = file;
    }

    static Case whole(String name, int texts, byte[]... parts) {
      return new Case(name, true, texts, joined(parts));
    }

    static Case damaged(String name, byte[]... parts) {
      return new Case(name, false, 0, joined(parts));
    }
  }

  /** Prints the table. */
  public static void main(String[] arguments) {
    print(System.out);
  }

  static void print(PrintStream out) {
    out.print("| file |");
    for (Unpacking each : Unpacking.values()) {
      out.printf(" %s |", each.title());
    }
    out.printf("%n| --- |%s%n", " --- |".repeat(Unpacking.values().length));
    for (Case file : cases()) {
      print(out, file.name, file, in -> in);
      if (file.whole && file.texts > 1) {
        print(out, file.name + ", a byte at a time", file, Dribbling::new);
      }
    }
  }

  private static void print(
      PrintStream out, String name, Case file, UnaryOperator<InputStream> input) {
    out.printf("| %s |", name);
    for (Unpacking each : Unpacking.values()) {
      out.printf(" %s |", result(each, file, input.apply(new ByteArrayInputStream(file.file))));
    }
    out.println();
  }

  private static List<Case> cases() {
    byte[] broken = changed(PACKED.length - TRAILER);
    byte[] wrongLength = changed(PACKED.length - 1);
    byte[] wrongMethod = changed(2);
    byte[] damaged = changed(PACKED.length / 2);
    byte[] zeros = new byte[700];
    return List.of(
        Case.whole("three members", 2, PACKED, gzip(new byte[0]), PACKED),
        Case.whole("a member, zeros as padding", 1, PACKED, zeros),
        Case.whole("two members, zeros as padding", 2, PACKED, PACKED, zeros),
        Case.whole("header with extra field, name, comment, check", 1, everyPart(true)),
        Case.whole("the same, extra field not in subfields", 1, everyPart(false)),
        Case.damaged("other data behind it", PACKED, ascii("text")),
        Case.damaged("second member: wrong method", PACKED, wrongMethod),
        Case.damaged("second member: header breaks off", PACKED, Arrays.copyOf(PACKED, 5)),
        Case.damaged("second member: data damaged", PACKED, damaged),
        Case.damaged("second member: wrong checksum", PACKED, broken),
        Case.damaged("trailer breaks off", Arrays.copyOf(PACKED, PACKED.length - 3)),
        Case.damaged("data breaks off", Arrays.copyOf(PACKED, PACKED.length / 2)),
        Case.damaged("wrong checksum", broken),
        Case.damaged("wrong length", wrongLength));
  }

  /** Returns the member with one bit changed. */
  private static byte[] changed(int at) {
    byte[] changed = PACKED.clone();
    changed[at] ^= 1;
    return changed;
  }

  /** Returns a member with every part that a header may have. */
  private static byte[] everyPart(boolean subfields) {
    byte[] start = {0x1F, (byte) 0x8B, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 3};
    byte[] extra =
        subfields ? new byte[] {6, 0, 'a', 'b', 2, 0, 'x', 'y'} : new byte[] {3, 0, 'x', 'y', 'z'};
    byte[] head = joined(start, extra, new byte[] {'n', 0, 'c', 'c', 0});
    CRC32 check = new CRC32();
    check.update(head);
    byte[] sum = {(byte) check.getValue(), (byte) (check.getValue() >> 8)};
    return joined(head, sum, Arrays.copyOfRange(PACKED, HEADER, PACKED.length));
  }

  /** Returns whether what is unpacked is right, what went wrong, and what came before that. */
  private static String result(Unpacking unpacking, Case file, InputStream packed) {
    ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
    try (InputStream in = unpacking.open(packed)) {
      byte[] block = new byte[1 << 20];
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        unpacked.write(block, 0, read);
      }
    } catch (IOException e) {
      return "%s: %s, after %d bytes"
          .formatted(file.whole ? "WRONG" : "right", words(e), unpacked.size());
    }
    boolean all = Arrays.equals(unpacked.toByteArray(), repeated(file.texts));
    return file.whole && all
        ? "right"
        : "WRONG: read without error, %d bytes".formatted(unpacked.size());
  }

  private static String words(IOException problem) {
    String name = problem.getClass().getSimpleName();
    return problem.getMessage() == null ? name : name + " \"" + problem.getMessage() + '"';
  }

  private static byte[] repeated(int texts) {
    byte[] all = new byte[texts * TEXT.length];
    for (int i = 0; i < texts; i++) {
      System.arraycopy(TEXT, 0, all, i * TEXT.length, TEXT.length);
    }
    return all;
  }

  private static byte[] text() {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      text.append("%d,active,2023-01-25 18:13:22 UTC\n".formatted(random.nextLong() >>> 1));
    }
    return ascii(text.toString());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return packed.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  /** Gives one byte at a time and says that there is no more, as a slow network may. */
  private static final class Dribbling extends FilterInputStream {
    Dribbling(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return super.read(bytes, from, Math.min(1, length));
    }

    @Override
    public int available() {
      return 0;
    }
  }
}
