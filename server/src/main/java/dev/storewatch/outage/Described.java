package dev.storewatch.outage;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The parameters that several calls have, for the description of the interface. */
final class Described {
  private Described() {}

  /** Whether outages go on. */
  @Parameter(
      description = "Whether they go on",
      schema =
          @Schema(
              allowableValues = {"any", "ongoing", "ended"},
              defaultValue = "any"))
  @Target(ElementType.PARAMETER)
  @Retention(RetentionPolicy.RUNTIME)
  @interface State {}

  /** The store. */
  @Parameter(description = "Only those of this store")
  @Target(ElementType.PARAMETER)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Store {}

  /** Tags of the stores. */
  @Parameter(description = "Only those of stores with this tag; several for stores that have all")
  @Target(ElementType.PARAMETER)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Tags {}

  /** The beginning of a period. */
  @Parameter(
      description = "Only those that lasted beyond this instant",
      schema = @Schema(format = "date-time"))
  @Target(ElementType.PARAMETER)
  @Retention(RetentionPolicy.RUNTIME)
  @interface From {}

  /** The end of a period. */
  @Parameter(
      description = "Only those that began before this instant",
      schema = @Schema(format = "date-time"))
  @Target(ElementType.PARAMETER)
  @Retention(RetentionPolicy.RUNTIME)
  @interface To {}
}
