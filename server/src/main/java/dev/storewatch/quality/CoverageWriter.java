package dev.storewatch.quality;

import dev.storewatch.csv.CsvFields;
import dev.storewatch.interval.Micros;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;

/** The writer of CSV about expected polls, each row written as it comes. */
public final class CoverageWriter {
  private CoverageWriter() {}

  /** What a row is about. */
  public enum By {
    /** One store. */
    STORE,
    /** One slot of one store, in which it is open or was polled. */
    SLOT;

    /** Returns the word for it in requests. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Writes all stores of the scope as CSV, LF line ends, quoted as RFC 4180 says, and flushes. */
  public static void write(PollCoverage coverage, CoverageRequest request, By by, PrintWriter out) {
    switch (by) {
      case STORE -> {
        out.print(
            "store_id,expected,received,missing,polls,closed_polls,gaps,longest_gap,longest_gap_from,contradictions,findings\n");
        coverage.all(request, (store, _) -> store(store, out));
      }
      case SLOT -> {
        out.print("store_id,from,open_seconds,expected,polls\n");
        coverage.all(request, (store, slots) -> slots(store, slots, out));
      }
    }
    out.flush();
  }

  private static void store(Coverage store, PrintWriter out) {
    out.print(CsvFields.of(store.storeId()));
    for (int number :
        new int[] {
          store.expected(),
          store.received(),
          store.missing(),
          store.polls(),
          store.closedPolls(),
          store.gaps()
        }) {
      out.print(',');
      out.print(number);
    }
    out.print(
        ",%s,%s,%d,%s\n"
            .formatted(
                store.longestGap(),
                Objects.toString(store.longestGapFrom(), ""),
                store.contradictions(),
                String.join(";", store.findings())));
  }

  private static void slots(Coverage store, CoveredStore slots, PrintWriter out) {
    String id = CsvFields.of(store.storeId());
    for (int i = 0; i < slots.slots(); i++) {
      if (slots.open(i) > 0 || slots.polls(i) > 0) {
        out.print(id);
        out.print(',');
        out.print(Micros.toInstant(slots.start(i)));
        out.print(',');
        out.print(slots.open(i) / Micros.SECOND);
        out.print(slots.isExpected(i) ? ",1," : ",0,");
        out.print(slots.polls(i));
        out.print('\n');
      }
    }
  }
}
