package dev.storewatch.gate;

import java.util.concurrent.atomic.LongAdder;

/** Counts those whom the server did not believe, since its start. */
public final class Refusals {
  private final LongAdder keys = new LongAdder();
  private final LongAdder signIns = new LongAdder();

  Refusals() {}

  void key() {
    keys.increment();
  }

  void signIn() {
    signIns.increment();
  }

  /** Returns how many requests came with a key that is none that is good. */
  public long keys() {
    return keys.sum();
  }

  /** Returns how often somebody tried to sign in and did not get in. */
  public long signIns() {
    return signIns.sum();
  }
}
