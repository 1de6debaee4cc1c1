package dev.storewatch.journal;

import dev.storewatch.poll.PollRows;
import dev.storewatch.poll.PollSpans;
import dev.storewatch.uptime.PackedPoll;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The polls that an import wrote, packed: for each store its key, what follows and how many, then
 * the polls, or the span that they fill alone. Keys and polls are given by their distance to those
 * before them, and each number takes as many groups of seven bits as it needs.
 */
final class PackedChanges {
  private static final int MOST_BYTES_OF_A_NUMBER = 10;
  private static final int ADDED = 0;
  private static final int REPLACED = 1;
  private static final int SPAN = 2;

  /** So many polls take less room as a span than by themselves. */
  private static final int LEAST_FOR_A_SPAN = 3;

  private byte[] bytes = new byte[4096];
  private int size;
  private int lastKey;
  private long lastPoll;

  /** What a text says. */
  record Content(PollRows added, PollRows replaced, PollSpans spans) {
    Content() {
      this(new PollRows(0), new PollRows(0), new PollSpans());
    }
  }

  /** Returns how many bytes there are. */
  int size() {
    return size;
  }

  /** Adds polls of one store, given by their places in a list, in the order of time. */
  void added(PollRows polls, int from, int to, boolean alone) {
    if (alone && to - from >= LEAST_FOR_A_SPAN) {
      addSpan(polls, from, to);
    } else {
      addList(polls, from, to, ADDED);
    }
  }

  /** Adds polls of one store that had the other status, given by their places in a list. */
  void replaced(PollRows polls, int from, int to) {
    addList(polls, from, to, REPLACED);
  }

  private void begin(int key, int count, int kind) {
    reserve((count + 4) * MOST_BYTES_OF_A_NUMBER);
    put(zigzag((long) key - lastKey));
    put(((long) count << 2) | kind);
    lastKey = key;
  }

  private void addList(PollRows polls, int from, int to, int kind) {
    begin(polls.store(from), to - from, kind);
    for (int i = from; i < to; i++) {
      putPoll(polls.poll(i));
    }
  }

  private void addSpan(PollRows polls, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash += PollSpans.hash(polls.poll(i));
    }
    begin(polls.store(from), 0, SPAN);
    put(to - from);
    putPoll(polls.poll(from));
    putPoll(polls.poll(to - 1));
    put(Integer.toUnsignedLong(hash));
  }

  private void putPoll(long poll) {
    put(zigzag(poll - lastPoll));
    lastPoll = poll;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  private void put(long number) {
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  private static long zigzag(long number) {
    return (number << 1) ^ (number >> 63);
  }

  /** Returns what was added as text for a database, and starts anew. */
  String takeText() {
    byte[] text = Base64.getEncoder().encode(Arrays.copyOf(bytes, size));
    size = 0;
    lastKey = 0;
    lastPoll = 0;
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Reads a text that {@link #takeText} made. */
  static Content read(String text) {
    Content content = new Content();
    new Reader(Base64.getDecoder().decode(text)).readAll(content);
    return content;
  }

  private static final class Reader {
    private final byte[] bytes;
    private int next;
    private int key;
    private long poll;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    void readAll(Content content) {
      while (next < bytes.length) {
        key += (int) unzigzag(number());
        long head = number();
        switch ((int) (head & 3)) {
          case ADDED -> readList(content.added, head >>> 2);
          case REPLACED -> readList(content.replaced, head >>> 2);
          case SPAN -> readSpan(content.spans);
          default -> throw new IllegalStateException("the journal holds what no program wrote");
        }
      }
    }

    private void readList(PollRows polls, long count) {
      for (long i = 0; i < count; i++) {
        polls.add(key, poll());
      }
    }

    private void readSpan(PollSpans spans) {
      int count = (int) number();
      long first = poll();
      long last = poll();
      spans.add(key, PackedPoll.at(first), PackedPoll.at(last), count, (int) number());
    }

    private long poll() {
      poll += unzigzag(number());
      return poll;
    }

    private static long unzigzag(long number) {
      return (number >>> 1) ^ -(number & 1);
    }

    private long number() {
      long number = 0;
      for (int shift = 0; ; shift += 7) {
        byte part = bytes[next++];
        number |= (part & 0x7FL) << shift;
        if (part >= 0) {
          return number;
        }
      }
    }
  }
}
