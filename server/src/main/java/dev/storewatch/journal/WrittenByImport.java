package dev.storewatch.journal;

import dev.storewatch.interval.Span;
import dev.storewatch.poll.PollJournal;
import dev.storewatch.poll.PollRows;
import dev.storewatch.revision.StoreSet;
import dev.storewatch.uptime.PackedPoll;
import java.util.ArrayList;
import java.util.List;

/** The polls that an import writes, kept in the journal while it does. */
public final class WrittenByImport implements PollJournal {
  /** How many bytes a text is made of: small enough to be read back at once. */
  private static final int BYTES_OF_A_TEXT = 512 * 1024;

  /** The most polls that are packed at once. */
  private static final int MOST_POLLS = 16 * 1024;

  private static final int TEXTS_AT_A_TIME = 8;

  private final Entries journal;
  private final String importId;
  private final PackedChanges packed = new PackedChanges();
  private final List<String> texts = new ArrayList<>();
  private String first = "";
  private int kept = 1;
  private final StoreSet stores = new StoreSet();
  private final StoreSet knew = new StoreSet();
  private final Extent written = new Extent();
  private final Extent known = new Extent();

  WrittenByImport(Entries journal, String importId) {
    this.journal = journal;
    this.importId = importId;
  }

  /** The time between the earliest and the latest of some instants. */
  static final class Extent {
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    void add(long from, long to) {
      first = Math.min(first, from);
      last = Math.max(last, to);
    }

    Span span() {
      return first > last ? new Span(0, 0) : new Span(first, last + 1);
    }
  }

  @Override
  public void added(PollRows polls, int from, int to, boolean alone) {
    if (from == to) {
      return;
    }
    stores.add(polls.store(from));
    written.add(PackedPoll.at(polls.poll(from)), PackedPoll.at(polls.poll(to - 1)));
    if (alone) {
      packed.added(polls, from, to, true);
    } else {
      for (int i = from; i < to; i += MOST_POLLS) {
        packed.added(polls, i, Math.min(to, i + MOST_POLLS), false);
        endLongText();
      }
    }
    endLongText();
  }

  @Override
  public void replaced(PollRows polls) {
    for (int from = 0; from < polls.size(); ) {
      int store = polls.store(from);
      int end = from;
      while (end < polls.size() && end - from < MOST_POLLS && polls.store(end) == store) {
        long at = PackedPoll.at(polls.poll(end));
        written.add(at, at);
        end++;
      }
      stores.add(store);
      packed.replaced(polls, from, end);
      endLongText();
      from = end;
    }
  }

  private void endLongText() {
    if (packed.size() > BYTES_OF_A_TEXT) {
      endText();
    }
  }

  private void endText() {
    if (first.isEmpty()) {
      first = packed.takeText();
      return;
    }
    texts.add(packed.takeText());
    if (texts.size() == TEXTS_AT_A_TIME) {
      flush();
    }
  }

  private void flush() {
    if (!texts.isEmpty()) {
      journal.addPolls(importId, kept, texts);
      kept += texts.size();
      texts.clear();
    }
  }

  @Override
  public void knew(int key, long from, long to) {
    knew.add(key);
    known.add(from, to);
  }

  @Override
  public void finish() {
    if (packed.size() > 0) {
      endText();
    }
    flush();
  }

  /** Returns the first text, which the entry holds itself; empty if nothing was written. */
  String firstText() {
    return first;
  }

  /** Returns the stores whose polls were written. */
  public StoreSet stores() {
    return stores;
  }

  /** Returns the time in which polls were written; empty if there were none. */
  public Span written() {
    return written.span();
  }

  /** Returns the stores of which polls were there already. */
  public StoreSet knew() {
    return knew;
  }

  /** Returns the time of the polls that were there already; empty if there were none. */
  public Span known() {
    return known.span();
  }
}
