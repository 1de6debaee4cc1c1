package dev.storewatch.gate;

import java.util.concurrent.atomic.LongAdder;

/** The numbers of wrong keys and failed sign-ins since the start of the server. */
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

  /** Returns how many requests came with an invalid key. */
  public long keys() {
    return keys.sum();
  }

  /** Returns how often somebody tried to sign in and did not get in. */
  public long signIns() {
    return signIns.sum();
  }
}
