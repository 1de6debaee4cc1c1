package dev.storewatch.importing;

import dev.storewatch.entry.StoreIdIndex;
import java.util.Arrays;

/**
 * Other numbers for the stores of a file that was read by itself, and has numbered them in the
 * order in which it names them. It may still be read meanwhile by the thread that asks.
 */
final class Renumbering {
  private final StoreIdIndex own;
  private final StoreIdIndex others;
  private int[] numbers;
  private int known;

  /**
   * Other numbers for stores.
   *
   * @param own the numbers that they have
   * @param others gives the numbers that they get, and to stores that it does not know the next
   */
  Renumbering(StoreIdIndex own, StoreIdIndex others) {
    this.own = own;
    this.others = others;
    this.numbers = new int[Math.max(16, own.size())];
  }

  /** Returns how many stores the file has named so far. */
  int size() {
    return own.size();
  }

  /** Gives numbers to all stores that the file has named, those of refused rows among them. */
  void finish() {
    if (size() > 0) {
      int _ = of(size() - 1);
    }
  }

  /** Returns the other number of a store. */
  int of(int store) {
    while (known <= store) {
      if (known == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * known);
      }
      numbers[known] = own.copyTo(others, known);
      known++;
    }
    return numbers[store];
  }
}
