package dev.storewatch.notice;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What may be wrong with what is known of a store, in the order in which it is told. */
public enum FaultKind {
  /** Rows of its hours were refused. */
  FLAGGED_HOURS(
      1,
      "counts on business hours of which rows were refused, until they are mended",
      "count on business hours of which rows were refused, until they are mended"),
  /** A row of its zone was refused. */
  FLAGGED_ZONE(
      2,
      "counts on a time zone of which a row was refused, until it is mended",
      "count on time zones of which rows were refused, until they are mended"),
  /** No hours are known. */
  ASSUMED_HOURS(
      4,
      "has no business hours, so it is taken to be open all the time",
      "have no business hours, so they are taken to be open all the time"),
  /** No zone is known. */
  ASSUMED_ZONE(
      8,
      "has no time zone, so it is taken to be in America/Chicago",
      "have no time zone, so they are taken to be in America/Chicago"),
  /** It is polled, and in no file of hours or zones. */
  POLLED_ONLY(
      16,
      "is polled but has neither business hours nor a time zone",
      "are polled but have neither business hours nor a time zone"),
  /** It has hours or a zone, and no poll. */
  NEVER_POLLED(
      32,
      "has business hours or a time zone but was never polled",
      "have business hours or a time zone but were never polled");

  private final int bit;
  private final String ofOne;
  private final String ofMany;

  FaultKind(int bit, String ofOne, String ofMany) {
    this.bit = bit;
    this.ofOne = ofOne;
    this.ofMany = ofMany;
  }

  /** Returns the bit that stands for it in a set of kinds. */
  public int bit() {
    return bit;
  }

  /** Returns the word for it that programs know. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the kind of a code, if it is one of these. */
  public static Optional<FaultKind> of(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
  }

  /** Returns what is to be said of a number of stores. */
  public String text(int stores) {
    return stores == 1
        ? "1 store " + ofOne
        : String.format(Locale.ROOT, "%,d stores %s", stores, ofMany);
  }
}
