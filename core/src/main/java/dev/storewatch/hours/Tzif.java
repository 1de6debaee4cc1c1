package dev.storewatch.hours;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The offsets of a zone as a TZif file (RFC 9636, version 2 or later) has them, without what only
 * serves to print them.
 */
final class Tzif {
  private static final byte[] MAGIC = "TZif".getBytes(StandardCharsets.US_ASCII);
  private static final int COUNTS_AT = 20;
  private static final int TYPE_BYTES = 6;

  /** The instants at which the offset changes, in seconds since the epoch, in order. */
  private final long[] changes;

  /**
   * The offset from each change on, in seconds ahead of UTC; one more stands in front, for the time
   * before the first change.
   */
  private final int[] offsets;

  /** The rule for the time after the last change, empty if the last offset stays. */
  private final String footer;

  private final @Nullable PosixRule rule;

  Tzif(long[] changes, int[] offsets, String footer) {
    this.changes = changes;
    this.offsets = offsets;
    this.footer = footer;
    this.rule = parse(footer);
  }

  /** Returns whether a file begins as one of zone rules does. */
  static boolean isOne(byte[] file) {
    return file.length > COUNTS_AT && Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it is none, or one of version 1 or with leap seconds
   */
  static Tzif read(byte[] file) {
    if (!isOne(file)) {
      throw new IllegalArgumentException("it is not a TZif file");
    }
    if (file[MAGIC.length] < '2') {
      throw new IllegalArgumentException(
          "it is a TZif file of version 1, which ends in 2037: write version 2 or later");
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(file);
      Counts old = Counts.read(bytes);
      bytes.position(bytes.position() + old.bytes(4));
      return readBody(bytes, Counts.read(bytes));
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("the TZif file is cut short", e);
    }
  }

  /** How much of everything a block has, in the order of the file. */
  private record Counts(int isUt, int isStandard, int leaps, int times, int types, int letters) {
    /** Reads a header and what it counts. */
    static Counts read(ByteBuffer bytes) {
      bytes.position(bytes.position() + COUNTS_AT);
      return new Counts(
          bytes.getInt(),
          bytes.getInt(),
          bytes.getInt(),
          bytes.getInt(),
          bytes.getInt(),
          bytes.getInt());
    }

    /** Returns how long the block after the header is. */
    int bytes(int timeBytes) {
      return times * (timeBytes + 1)
          + types * TYPE_BYTES
          + letters
          + leaps * (timeBytes + 4)
          + isStandard
          + isUt;
    }
  }

  private static Tzif readBody(ByteBuffer bytes, Counts counts) {
    if (counts.leaps() > 0) {
      throw new IllegalArgumentException(
          "the TZif file counts leap seconds: use one that does not, from outside the folder"
              + " right");
    }
    int end = bytes.position() + counts.bytes(Long.BYTES);
    long[] times = new long[counts.times()];
    for (int i = 0; i < times.length; i++) {
      times[i] = bytes.getLong();
    }
    int[] types = new int[times.length + 1]; // of type 0 is the time before the first change
    for (int i = 1; i < types.length; i++) {
      types[i] = bytes.get() & 0xff;
    }
    int typesAt = bytes.position();
    int[] offsets = new int[types.length];
    for (int i = 0; i < types.length; i++) {
      offsets[i] = bytes.getInt(typesAt + types[i] * TYPE_BYTES);
    }
    bytes.position(end);
    return distinct(times, offsets, footer(bytes));
  }

  private static String footer(ByteBuffer bytes) {
    byte[] rest = new byte[bytes.remaining()];
    bytes.get(rest);
    String text = new String(rest, StandardCharsets.US_ASCII);
    if (text.length() < 2 || text.charAt(0) != '\n' || text.indexOf('\n', 1) < 0) {
      throw new IllegalArgumentException("the TZif file has no footer");
    }
    return text.substring(1, text.indexOf('\n', 1));
  }

  /** Leaves out the changes of names and of daylight saving that leave the offset as it was. */
  private static Tzif distinct(long[] times, int[] offsets, String footer) {
    long[] changes = new long[times.length];
    int[] after = new int[offsets.length];
    after[0] = offsets[0];
    int size = 0;
    for (int i = 0; i < times.length; i++) {
      if (offsets[i + 1] != after[size]) {
        changes[size++] = times[i];
        after[size] = offsets[i + 1];
      }
    }
    return new Tzif(Arrays.copyOf(changes, size), Arrays.copyOf(after, size + 1), footer);
  }

  private static @Nullable PosixRule parse(String footer) {
    return footer.isEmpty() ? null : PosixRule.parse(footer);
  }

  /** Returns the offset at an instant, both in seconds. */
  int offset(long instant) {
    if (rule != null && (changes.length == 0 || instant >= changes[changes.length - 1])) {
      return rule.offset(instant);
    }
    return offsets[changesUpTo(instant)];
  }

  private int changesUpTo(long instant) {
    int found = Arrays.binarySearch(changes, instant);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** Returns the first instant after a given one at which the offset changes, or null for none. */
  @Nullable Long changeAfter(long instant) {
    int next = changesUpTo(instant);
    if (next < changes.length) {
      return changes[next];
    }
    return rule == null ? null : rule.changeAfter(instant, offset(instant));
  }

  /** Returns the same offsets without the changes at the end that the footer tells too. */
  Tzif slim() {
    int size = changes.length;
    // One stays, or the footer would rule the time before too.
    while (rule != null && size > 1 && isToldBy(rule, size)) {
      size--;
    }
    return new Tzif(Arrays.copyOf(changes, size), Arrays.copyOf(offsets, size + 1), footer);
  }

  private boolean isToldBy(PosixRule footerRule, int size) {
    long last = changes[size - 1];
    // The footer would rule from the change before on: up to this one it must say the same.
    long from = changes[size - 2];
    Long next = footerRule.changeAfter(from, offsets[size - 1]);
    return footerRule.offset(from) == offsets[size - 1]
        && next != null
        && next == last
        && footerRule.offset(last) == offsets[size];
  }

  /** Returns the shortest file that says the same. */
  byte[] toBytes() {
    int[] types = Arrays.stream(offsets).distinct().toArray();
    ByteBuffer body = ByteBuffer.allocate(changes.length * 9 + types.length * TYPE_BYTES + 1);
    for (long change : changes) {
      body.putLong(change);
    }
    for (int i = 1; i < offsets.length; i++) {
      body.put((byte) indexOf(types, offsets[i]));
    }
    for (int type : types) {
      body.putInt(type).putShort((short) 0);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(header(0, 1)); // the block of version 1 must have a type and a name
    file.writeBytes(new byte[TYPE_BYTES + 1]);
    file.writeBytes(header(changes.length, types.length));
    file.writeBytes(body.array());
    file.writeBytes(("\n" + footer + "\n").getBytes(StandardCharsets.US_ASCII));
    return file.toByteArray();
  }

  private static int indexOf(int[] values, int value) {
    int i = 0;
    while (values[i] != value) {
      i++;
    }
    return i;
  }

  private static byte[] header(int times, int types) {
    return ByteBuffer.allocate(COUNTS_AT + 6 * Integer.BYTES)
        .put(MAGIC)
        .put((byte) '2')
        .position(COUNTS_AT + 3 * Integer.BYTES)
        .putInt(times)
        .putInt(types)
        .putInt(1)
        .array();
  }
}
