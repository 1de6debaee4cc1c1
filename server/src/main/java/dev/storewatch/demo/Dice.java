package dev.storewatch.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A seeded source of random choices.
 *
 * <p>Everything is derived from 64-bit draws by exact arithmetic and {@link StrictMath}, because
 * {@link Math} and the library's own distributions may differ in the last bit from one machine or
 * release to the next.
 */
final class Dice {
  private final SplittableRandom random;

  private Dice(SplittableRandom random) {
    this.random = random;
  }

  static Dice seeded(long seed) {
    return new Dice(new SplittableRandom(seed));
  }

  /** Returns dice whose draws do not depend on how many others are drawn from these. */
  Dice split() {
    return new Dice(random.split());
  }

  /** Returns true with the given probability. */
  boolean chance(double probability) {
    return unit() < probability;
  }

  /** Returns a number of {@code [from, to)}. */
  long between(long from, long to) {
    return from + (random.nextLong() >>> 1) % (to - from);
  }

  /** Returns an index below {@code size}. */
  int index(int size) {
    return (int) between(0, size);
  }

  /** Returns a waiting time of an exponential distribution. */
  long waiting(long mean) {
    return (long) (-StrictMath.log(1 - unit()) * mean);
  }

  <T> T pick(List<T> choices) {
    return choices.get(index(choices.size()));
  }

  /** Returns one of the choices, each with a probability in proportion to its share. */
  <T> T pickByShare(List<Share<T>> choices) {
    long left = between(0, choices.stream().mapToLong(Share::parts).sum());
    for (Share<T> choice : choices) {
      left -= choice.parts();
      if (left < 0) {
        return choice.value();
      }
    }
    throw new IllegalArgumentException("nothing to choose from: " + choices);
  }

  <T> List<T> shuffled(List<T> items) {
    List<T> shuffled = new ArrayList<>(items);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      shuffled.set(i, shuffled.set(index(i + 1), shuffled.get(i)));
    }
    return shuffled;
  }

  /** Returns a number of {@code [0, 1)}. */
  private double unit() {
    return (random.nextLong() >>> 11) * 0x1.0p-53;
  }

  /**
   * A choice and how often it is made.
   *
   * @param value the choice
   * @param parts its part of all the choices, as a whole number
   */
  record Share<T>(int parts, T value) {}
}
