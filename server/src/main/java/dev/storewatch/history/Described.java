package dev.storewatch.history;

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
      description = "The first date, on the clocks of each store",
      schema = @Schema(format = "date"),
      example = "2026-03-01")
  @Target(ElementType.PARAMETER)
  @Retention(RetentionPolicy.RUNTIME)
  @interface From {}

  /** The end of a period. */
  @Parameter(
      description = "The last date, which ends with its night",
      schema = @Schema(format = "date"),
      example = "2026-03-31")
  @Target(ElementType.PARAMETER)
  @Retention(RetentionPolicy.RUNTIME)
  @interface To {}

  /** Tags of the stores. */
  @Parameter(description = "A tag that the stores have; several for stores that have all")
  @Target(ElementType.PARAMETER)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Tags {}

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
              allowableValues = {"nearest", "previous"},
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
