package dev.storewatch.timeline;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The parameters that several calls have, for the description of the interface. */
final class Described {
  private Described() {}

  /** The beginning of a period. */
  @Parameter(
      description =
          "The first instant of the period, or its first date on the clocks of each store",
      example = "2026-03-01T00:00:00Z")
  @Target(ElementType.PARAMETER)
  @Retention(RetentionPolicy.RUNTIME)
  @interface From {}

  /** The end of a period. */
  @Parameter(
      description =
          "The first instant after the period, not after as-of; or its last date, which is a"
              + " business day and ends with its night",
      example = "2026-03-02T00:00:00Z")
  @Target(ElementType.PARAMETER)
  @Retention(RetentionPolicy.RUNTIME)
  @interface To {}

  /** Windows that end at the as-of instant, and periods. */
  @Parameter(
      description =
          "Lengths up to as-of, separated by commas; PT1H,P1D,P7D if neither, P1M and P1Y are"
              + " months and years on the clocks of the store; or periods of business days, as"
              + " 2026-03-04, 2026-W10, 2026-03, yesterday, last-week or last-month")
  @Target(ElementType.PARAMETER)
  @Retention(RetentionPolicy.RUNTIME)
  @interface InWindows {}

  /** The as-of instant. */
  @Parameter(description = "latest (poll), now or an instant in ISO 8601")
  @Target(ElementType.PARAMETER)
  @Retention(RetentionPolicy.RUNTIME)
  @interface AsOf {}

  /** The rule. */
  @Parameter(
      description = "How a status follows from the polls",
      schema =
          @Schema(
              allowableValues = {"nearest", "previous", "ratio"},
              defaultValue = "nearest"))
  @Target(ElementType.PARAMETER)
  @Retention(RetentionPolicy.RUNTIME)
  @interface ByRule {}

  /** The carry limit. */
  @Parameter(
      description = "How far from its own instant a poll speaks",
      schema = @Schema(format = "duration", defaultValue = "PT24H"))
  @Target(ElementType.PARAMETER)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Carry {}

  /** How a late closing time is read. */
  @Parameter(
      description =
          "Whether a closing time of 23:59 or later is read as midnight; as the server is set if"
              + " left out")
  @Target(ElementType.PARAMETER)
  @Retention(RetentionPolicy.RUNTIME)
  @interface LateClose {}
}
