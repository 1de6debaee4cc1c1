package dev.storewatch.uptime;

import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import java.time.Duration;
import java.util.Locale;

/** How the status at an open instant follows from the polls around it. */
public sealed interface Rule {
  /** The carry limit when nothing else is said: a day. */
  Duration DEFAULT_CARRY = Duration.ofHours(24);

  /** Returns the carry limit: how far from its own instant a poll speaks, in both directions. */
  Duration carry();

  /**
   * Returns the name by which requests and files know the rule: {@code nearest}, {@code previous}
   * or {@code ratio}.
   */
  String name();

  /**
   * Every open instant has the status of the poll nearest in elapsed time; of two that are equally
   * near, the later one counts.
   */
  record Nearest(Duration carry) implements Rule {
    /** Checks the carry limit. */
    public Nearest {
      checkCarry(carry);
    }

    @Override
    public String name() {
      return "nearest";
    }
  }

  /** Every open instant has the status of the last poll at or before it. */
  record Previous(Duration carry) implements Rule {
    /** Checks the carry limit. */
    public Previous {
      checkCarry(carry);
    }

    @Override
    public String name() {
      return "previous";
    }
  }

  /**
   * The open time of a window is split by the share of active polls among those inside the window.
   * Kept for comparison with monitors that count checks; the carry limit affects the certain bounds
   * alone.
   */
  record Ratio(Duration carry) implements Rule {
    /** Checks the carry limit. */
    public Ratio {
      checkCarry(carry);
    }

    @Override
    public String name() {
      return "ratio";
    }
  }

  /** Returns the rule {@code nearest} with the default carry limit. */
  static Rule standard() {
    return new Nearest(DEFAULT_CARRY);
  }

  /**
   * Returns the rule of a name, in any letter case.
   *
   * @throws WrongInput if there is no such rule or the carry limit is not between a second and 366
   *     days
   */
  static Rule of(String name, Duration carry) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "nearest" -> new Nearest(carry);
      case "previous" -> new Previous(carry);
      case "ratio" -> new Ratio(carry);
      default ->
          throw new WrongInput("there is no rule '" + name + "': use nearest, previous or ratio");
    };
  }

  /**
   * Reads a carry limit from an ISO 8601 duration.
   *
   * @throws IllegalArgumentException if the text is not a duration
   */
  static Duration parseCarry(String text) {
    return Durations.parse("the carry limit", text, "PT24H");
  }

  private static void checkCarry(Duration carry) {
    if (carry.compareTo(Duration.ofSeconds(1)) < 0 || carry.compareTo(Duration.ofDays(366)) > 0) {
      throw new WrongInput(
          "the carry limit is " + carry + ": use one from PT1S to P366D, for example PT24H");
    }
  }

  /** Returns the carry limit in microseconds. */
  default long carryMicros() {
    return Micros.of(carry());
  }
}
