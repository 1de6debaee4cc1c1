package dev.storewatch.file;

import dev.storewatch.entry.StoreIdIndex;

/** The reader of a file that has a poll in JSON on each line. */
final class JsonRows {
  private final JsonPoll poll;
  private final StoreIdIndex stores;
  private final RowSink sink;
  private final Meaning meaning;

  JsonRows(JsonPoll poll, StoreIdIndex stores, RowSink sink, Meaning meaning) {
    this.poll = poll;
    this.stores = stores;
    this.sink = sink;
    this.meaning = meaning;
  }

  /** Reads a line without its line end, and returns whether it is a row: it is not if blank. */
  boolean read(byte[] line, int from, int to, long number) {
    if (Fields.isBlank(line, from, to)) {
      return false;
    }
    if (to - from > Lines.LONGEST) {
      sink.rejected(number, Rows.TOO_LONG, RejectedText.ofLong(line, from, to));
      return true;
    }
    String problem = poll.read(line, from, to);
    if (problem == null && poll.at() > meaning.latest()) {
      problem = meaning.tooLate();
    }
    int store = problem == null ? stores.indexOf(poll.storeId()) : -1;
    if (problem == null && store < 0) {
      problem = Rows.STRANGER;
    }
    if (problem == null) {
      sink.poll(store, poll.at(), poll.isActive());
    } else {
      sink.rejected(number, problem, RejectedText.of(line, from, to));
    }
    return true;
  }
}
