package dev.storewatch.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A brake on guessing: after some failures in a row each next attempt has to wait, twice as long
 * each time, up to a quarter of an hour.
 */
public final class Throttle {
  /**
   * Attempts with keys. Programs make them, and one that has an old key must not lock others out.
   */
  public static final Kind KEYS = new Kind("key", 20);

  /** Attempts to sign in as somebody. */
  public static final Kind SIGN_IN = new Kind("sign-in", 5);

  /** Attempts to sign in from one address, as anybody. */
  public static final Kind ADDRESS = new Kind("address", 30);

  /**
   * Attempts to sign in as somebody from anywhere; many, so that strangers lock nobody out soon.
   */
  public static final Kind NAME = new Kind("name", 100);

  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** Some 20 MB: names and addresses are kept as hashes, so that none takes more than another. */
  private static final int MOST = 100_000;

  private final Ticker ticker;
  private final Cache<String, Failures> failures;

  Throttle(Ticker ticker) {
    this.ticker = ticker;
    this.failures =
        Caffeine.newBuilder()
            .ticker(ticker)
            .maximumSize(MOST)
            .expireAfterWrite(LONGEST.multipliedBy(2))
            .build();
  }

  /**
   * A kind of attempt.
   *
   * @param word its name
   * @param free failures that cost no wait
   */
  public record Kind(String word, int free) {}

  private record Failures(int count, long nextAllowed) {}

  /** Returns how long an attempt has to wait, zero if it may be made now. */
  public Duration wait(Kind kind, String who) {
    Failures past = failures.getIfPresent(name(kind, who));
    return past == null
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, past.nextAllowed - ticker.read()));
  }

  /**
   * Counts an attempt as a failure until it is known that it is not, so that attempts at the same
   * time count like attempts one after the other.
   *
   * @return how long it has to wait, zero if it may be made now; only then it was counted
   */
  public Duration attempt(Kind kind, String who) {
    long now = ticker.read();
    AtomicLong wait = new AtomicLong();
    failures
        .asMap()
        .compute(
            name(kind, who),
            (name, past) -> {
              wait.set(past == null ? 0 : Math.max(0, past.nextAllowed - now));
              return past != null && wait.get() > 0 ? past : oneMore(kind, past);
            });
    return Duration.ofNanos(wait.get());
  }

  private Failures oneMore(Kind kind, @Nullable Failures past) {
    int count = past == null ? 1 : past.count + 1;
    return new Failures(count, ticker.read() + delay(kind, count).toNanos());
  }

  /** Takes back an attempt that was not a guess. */
  public void takeBack(Kind kind, String who) {
    failures
        .asMap()
        .computeIfPresent(
            name(kind, who),
            (name, past) -> past.count == 1 ? null : new Failures(past.count - 1, ticker.read()));
  }

  /** Counts a failure. */
  public void failed(Kind kind, String who) {
    failures.asMap().compute(name(kind, who), (name, past) -> oneMore(kind, past));
  }

  private static Duration delay(Kind kind, int count) {
    int doublings = count - kind.free;
    if (doublings < 0) {
      return Duration.ZERO;
    }
    Duration delay = Duration.ofSeconds(1L << Math.min(doublings, 20));
    return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
  }

  /** Forgets the failures of somebody who succeeded. */
  public void succeeded(Kind kind, String who) {
    failures.invalidate(name(kind, who));
  }

  private static String name(Kind kind, String who) {
    return kind.word + " " + Secrets.hash(who);
  }

  /** Returns a wait as the header {@code Retry-After} has it, at least a second. */
  public static String seconds(Duration wait) {
    return String.valueOf(Math.max(1, wait.plusMillis(999).toSeconds()));
  }
}
