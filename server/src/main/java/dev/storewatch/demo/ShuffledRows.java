package dev.storewatch.demo;

import dev.storewatch.interval.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of the status file, written in blocks of many stores whose rows are shuffled, so that a
 * reader finds no order of time in them.
 */
final class ShuffledRows {
  /** How many rows are enough to be written; the store that fills the block is added whole. */
  static final int BLOCK = 500_000;

  /** Takes the place of a poll for a row that is one text. */
  private static final long WHOLE_ROW = Long.MIN_VALUE;

  private static final byte[] ACTIVE = ",active,".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] INACTIVE = ",inactive,".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream file;
  private final Dice dice;
  private final BigQueryTimes times;
  private final byte[] time = new byte[BigQueryTimes.MOST_BYTES + 1];

  /** Ids of stores and whole rows. */
  private final List<byte[]> texts = new ArrayList<>();

  /** For each row of the block the index of its text. */
  private int[] textOf = new int[1_024];

  /** For each row of the block its instant doubled, plus one if active. */
  private long[] polls = new long[1_024];

  private int size;
  private long written;

  ShuffledRows(OutputStream file, Span period, Dice dice) {
    this.file = file;
    this.dice = dice;
    this.times = new BigQueryTimes(period);
  }

  /** Begins the polls of a store, whose id is given as a field of the file. */
  void beginStore(String id) throws IOException {
    if (size >= BLOCK) {
      writeBlock();
    }
    texts.add(id.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a poll of the store begun last. */
  void add(long at, boolean active) {
    add(2 * at + (active ? 1 : 0));
  }

  /** Adds a row that is written as it is; no poll follows before the next store begins. */
  void addWhole(byte[] row) {
    texts.add(row);
    add(WHOLE_ROW);
  }

  private void add(long poll) {
    if (size == polls.length) {
      polls = Arrays.copyOf(polls, 2 * size);
      textOf = Arrays.copyOf(textOf, 2 * size);
    }
    textOf[size] = texts.size() - 1;
    polls[size++] = poll;
  }

  /** Writes what is left and returns how many rows there were in all. */
  long finish() throws IOException {
    writeBlock();
    return written;
  }

  private void writeBlock() throws IOException {
    shuffle();
    for (int i = 0; i < size; i++) {
      writeRow(texts.get(textOf[i]), polls[i]);
    }
    written += size;
    size = 0;
    texts.clear();
  }

  private void shuffle() {
    for (int i = size - 1; i > 0; i--) {
      int j = dice.index(i + 1);
      int text = textOf[i];
      textOf[i] = textOf[j];
      textOf[j] = text;
      long poll = polls[i];
      polls[i] = polls[j];
      polls[j] = poll;
    }
  }

  private void writeRow(byte[] text, long poll) throws IOException {
    file.write(text);
    if (poll == WHOLE_ROW) {
      return;
    }
    file.write((poll & 1) == 1 ? ACTIVE : INACTIVE);
    int end = times.put(time, 0, poll >> 1);
    time[end] = '\n';
    file.write(time, 0, end + 1);
  }
}
