package dev.storewatch.cli;

import dev.storewatch.hours.LateClose;
import dev.storewatch.poll.AsOf;
import dev.storewatch.uptime.Rule;
import picocli.CommandLine.Option;

/** The options for the as-of instant and the rule by which uptime is measured. */
final class RuleOptions {
  @Option(
      names = "--as-of",
      paramLabel = "INSTANT",
      defaultValue = "latest",
      description =
          "The instant at which every window ends, and after which nothing is known: latest (the"
              + " newest poll until now), now, or for example 2023-01-25T18:13:22Z (default:"
              + " ${DEFAULT-VALUE}).")
  private String asOf = "latest";

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      defaultValue = "nearest",
      description =
          "How the status follows from the polls: nearest, previous or ratio (default:"
              + " ${DEFAULT-VALUE}).")
  private String rule = "nearest";

  @Option(
      names = "--carry",
      paramLabel = "DURATION",
      defaultValue = "PT24H",
      description = "How far from its own instant a poll speaks (default: ${DEFAULT-VALUE}).")
  private String carry = "PT24H";

  @Option(
      names = "--late-close-as-midnight",
      description = "Read a closing time of 23:59 or later as midnight.")
  private boolean lateCloseAsMidnight;

  void asOf(String text) {
    asOf = text;
  }

  void rule(String text) {
    rule = text;
  }

  void carry(String text) {
    carry = text;
  }

  void lateCloseAsMidnight() {
    lateCloseAsMidnight = true;
  }

  /** Returns the instant as it was written, after checking that it is valid. */
  String asOf() {
    var _ = AsOf.parse(asOf);
    return asOf;
  }

  Rule rule() {
    return Rule.of(rule, Rule.parseCarry(carry));
  }

  LateClose lateClose() {
    return LateClose.asMidnight(lateCloseAsMidnight);
  }
}
